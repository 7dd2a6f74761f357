import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { metaText } from "./meta";

/** A `state.bin` as rqlite 7 writes it. `length`: what its head says of what follows, where that is to be wrong. */
export function packedState(database: Uint8Array, length?: bigint): Uint8Array {
	return packedBytes(gzipSync(database, { level: 9 }), length);
}

/** A `state.bin` that calls these bytes gzip data. */
export function packedBytes(bytes: Uint8Array, length = BigInt(bytes.byteLength)): Uint8Array {
	return new Uint8Array(Buffer.concat([uint64(2n ** 64n - 1n), uint64(length), bytes]));
}

/** A `state.bin` as versions before it packed wrote it. */
export function plainState(database: Uint8Array, length = BigInt(database.byteLength)): Uint8Array {
	return new Uint8Array(Buffer.concat([uint64(length), database]));
}

export interface V7Snapshot {
	readonly id: string;
	/** None is written when it is not given. */
	readonly state?: Uint8Array;
	/** What `meta.json` says, where it is not what the state has. `crc`: base64, or null for none. */
	readonly sizeBytes?: number;
	readonly crc?: string | null;
}

/** Writes a snapshot's directory into a store of rqlite 7. */
export function writeV7Snapshot(store: string, { id, state, sizeBytes, crc }: V7Snapshot): void {
	const [term, index] = id.split("-");
	mkdirSync(join(store, id), { recursive: true });
	if (state) writeFileSync(join(store, id, "state.bin"), state);
	const meta = metaText({
		id,
		term: BigInt(term!),
		index: BigInt(index!),
		servers: [{ id: "node1", address: "localhost:4002", suffrage: "voter" }],
		configurationIndex: 1n,
		sizeBytes: sizeBytes ?? state?.byteLength ?? 293,
		peers: "ka5sb2NhbGhvc3Q6NDAwMg==",
		...(crc === null ? {} : { crc: crc ?? Buffer.from(crc64(state ?? new Uint8Array(0)), "hex").toString("base64") }),
	});
	writeFileSync(join(store, id, "meta.json"), meta);
}

/** CRC-64 of ECMA-182 by its definition, bit for bit; sixteen hexadecimal digits. */
export function crc64(bytes: Uint8Array): string {
	let sum = 2n ** 64n - 1n;
	for (const byte of bytes) {
		sum ^= BigInt(byte);
		for (let bit = 0; bit < 8; bit++) sum = sum & 1n ? (sum >> 1n) ^ 0xc96c5795d7870f42n : sum >> 1n;
	}
	return (sum ^ (2n ** 64n - 1n)).toString(16).padStart(16, "0");
}

function uint64(value: bigint): Uint8Array {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, value, true);
	return bytes;
}
