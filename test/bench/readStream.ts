import { SnapshotStore } from "../../src/store/snapshotStore";

/** Reads the newest snapshot's stream so many times, and prints how many bytes of files came. */
const [, , directory, times] = process.argv;
const store = await SnapshotStore.open(directory!);
let bytes = 0;
for (let n = 0; n < Number(times); n++) {
	const { stream } = await store.openSnapshot("latest");
	for await (const piece of stream) bytes += (piece as Uint8Array).byteLength;
}
console.log(bytes);
