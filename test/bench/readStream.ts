import { SnapshotStore } from "../../src/store/snapshotStore";

/** Reads the newest snapshot's stream so many times, and prints how many bytes came and how long that took from the opening of the store. */
async function main(directory: string, times: number): Promise<void> {
	const begun = performance.now();
	const store = await SnapshotStore.open(directory);
	let bytes = 0;
	for (let n = 0; n < times; n++) {
		const { stream } = await store.openSnapshot("latest");
		for await (const piece of stream) {
			bytes += (piece as Uint8Array).byteLength;
			stream.giveBack(piece);
		}
	}
	console.log(JSON.stringify({ bytes, seconds: (performance.now() - begun) / 1000 }));
}

const [, , directory, times] = process.argv;
main(directory!, Number(times)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
