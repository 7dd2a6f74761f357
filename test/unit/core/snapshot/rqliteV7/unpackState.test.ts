import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ByteSource, bytesSource } from "../../../../../src/core/files";
import { gunzip } from "../../../../../src/core/snapshot/rqliteV7/gunzip";
import { StateError } from "../../../../../src/core/snapshot/rqliteV7/stateError";
import { type UnpackOptions, unpackState } from "../../../../../src/core/snapshot/rqliteV7/unpackState";
import { LiveDatabase } from "../../../../support/sqlite/liveDatabase";
import { crc64, packedBytes, packedState, plainState } from "../../../../support/stores/rqliteV7Store";

const database = ((): Uint8Array => {
	const live = new LiveDatabase({ pageSize: 1024 });
	live.run("create table t(a); insert into t values (1), (randomblob(20000))");
	const file = new Uint8Array(live.file());
	live.close();
	return file;
})();
const gzip = new Uint8Array(gzipSync(database));

/** "the database", "empty", other bytes by their number, or the error: code, offset, message. */
async function unpacked(state: Uint8Array, options: UnpackOptions = {}): Promise<string> {
	try {
		const source = await unpackState(bytesSource(state), { crc64: crc64(state), ...options });
		const bytes = new Uint8Array(source.sizeBytes);
		expect(source.readInto(bytes, 0)).toBe(bytes.byteLength);
		if (bytes.byteLength === 0) return "empty";
		return Buffer.compare(bytes, database) === 0 ? "the database" : `${bytes.byteLength} other bytes`;
	} catch (error) {
		if (!(error instanceof StateError)) throw error;
		return `${error.code} ${error.offset}: ${error.message}`;
	}
}

function flip(bytes: Uint8Array, at: number, bits: number): void {
	bytes[at] = bytes[at]! ^ bits;
}

/** The state with something done to it, and no checksum that could tell. */
const unchecked = (state: Uint8Array) => unpacked(state, { crc64: undefined });

describe("a sound state.bin", () => {
	test("that is packed", async () => {
		expect(await unpacked(packedState(database))).toBe("the database");
		expect(await unchecked(packedState(database))).toBe("the database");
	});

	test("that is not packed is read where it lies", async () => {
		const state = plainState(database);
		expect(await unpacked(state)).toBe("the database");
		const source = await unpackState(bytesSource(state));
		flip(state, 8 + 5000, 0xff);
		const page = new Uint8Array(1);
		source.readInto(page, 5000);
		expect(page[0]).toBe(database[5000]! ^ 0xff);
	});

	test("of an empty database: no length, nothing packed, or nothing but the head", async () => {
		expect(await unpacked(plainState(new Uint8Array(0)))).toBe("empty");
		expect(await unpacked(packedBytes(new Uint8Array(0)))).toBe("empty");
		expect(await unpacked(packedState(new Uint8Array(0)))).toBe("empty");
	});

	test("of sixteen bytes is empty whatever they say, and their checksum is not compared", async () => {
		const head = packedBytes(new Uint8Array(0), 277n);
		expect(await unpacked(head, { crc64: "0000000000000000" })).toBe("empty");
		expect(await unpacked(plainState(new Uint8Array(8)), { crc64: "0000000000000000" })).toBe("empty");
	});

	test("with what rqlite 5 wrote behind the database, which the checksum covers", async () => {
		const meta = new TextEncoder().encode('{"node1":{"api_addr":"localhost:4001"}}');
		expect(await unpacked(Buffer.concat([packedState(database), meta]))).toBe("the database");
		expect(await unpacked(Buffer.concat([plainState(database), meta]))).toBe("the database");
	});
});

describe("a damaged state.bin", () => {
	test("that ends in its head", async () => {
		expect(await unpacked(new Uint8Array(0))).toBe("state-damaged 0: the file ends after 0 of the 8 bytes of its head");
		expect(await unpacked(plainState(database).subarray(0, 7))).toMatch(/^state-damaged 7: .* 7 of the 8 bytes/);
		expect(await unpacked(packedState(database).subarray(0, 15))).toMatch(/^state-damaged 15: .* 15 of the 16 bytes/);
	});

	test("that was cut, packed or not", async () => {
		const [packed, plain] = [packedState(database), plainState(database)];
		expect(await unpacked(packed.subarray(0, 100))).toBe(
			`state-damaged 8: its head says that ${packed.byteLength - 16} bytes follow, and 84 do: the file was cut, or the length is wrong`,
		);
		expect(await unpacked(plain.subarray(0, 100))).toBe(
			`state-damaged 0: its head says that ${database.byteLength} bytes follow, and 92 do: the file was cut, or the length is wrong`,
		);
	});

	test("with a length that is too large, up to what no file can have", async () => {
		for (const length of [BigInt(gzip.byteLength + 1), 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
			expect(await unpacked(packedBytes(gzip, length))).toMatch(
				/^state-damaged 8: its head says that \d+ bytes follow/,
			);
		}
		expect(await unpacked(plainState(database, 2n ** 64n - 2n))).toMatch(/^state-damaged 0: its head says/);
	});

	test("with a length that is too small", async () => {
		const short = packedBytes(gzip, BigInt(gzip.byteLength - 5));
		expect(await unpacked(short)).toMatch(/^state-(damaged|too-large) /);
		expect(await unchecked(short)).toBe(
			`state-damaged ${short.byteLength - 5}: 5 bytes lie behind the database, and no checksum says that they belong there`,
		);
		expect(await unchecked(plainState(database, 1024n))).toMatch(
			/^state-damaged 1032: \d+ bytes lie behind the database/,
		);
	});

	test("with bytes behind the database that no checksum covers", async () => {
		for (const state of [packedState(database), plainState(database), packedBytes(new Uint8Array(0))]) {
			const longer = Buffer.concat([state, Uint8Array.of(1, 2, 3)]);
			expect(await unchecked(longer)).toMatch(
				new RegExp(`^state-damaged ${state.byteLength}: 3 bytes lie behind the database`),
			);
			expect(await unpacked(longer, { crc64: crc64(state) })).toMatch(/^state-checksum-mismatch 0: /);
		}
	});

	test.each([
		["text", new TextEncoder().encode("something else")],
		["zeros", new Uint8Array(20)],
		["another member", gzipSync(database.subarray(0, 100))],
		["an empty member", gzipSync(new Uint8Array(0))],
		["the same member again", gzip],
	])("with %s behind the gzip data, as its length has it", async (_, behind) => {
		const state = packedBytes(Buffer.concat([gzip, behind]));
		expect(await unpacked(state)).toMatch(/^state-(damaged|too-large) /);
	});

	test("that is not gzip data", async () => {
		expect(await unpacked(packedBytes(database))).toBe("state-damaged 16: what it holds is not packed with gzip");
		const odd = gzip.slice();
		odd[3] = 0xe0; // flags that do not exist
		expect(await unpacked(packedBytes(odd))).toMatch(/^state-damaged 16: the gzip data in it is damaged: /);
		expect(await unpacked(packedBytes(gzip.subarray(0, 10)))).toBe(
			"state-damaged 16: 10 bytes are too few for gzip data",
		);
	});

	test("whose gzip data ends too early, though its length allows for that", async () => {
		const cut = Buffer.concat([gzip.subarray(0, 3000), gzip.subarray(-4)]);
		expect(await unpacked(packedBytes(cut))).toMatch(/^state-damaged 16: the gzip data in it is damaged: /);
	});

	test("with a flipped bit: by the checksum, and without one by gzip's own", async () => {
		const state = packedState(database);
		const sum = crc64(state);
		for (const at of [10, 20, 1000, state.byteLength - 6]) {
			const flipped = state.slice();
			flip(flipped, at, 4);
			expect([at, await unpacked(flipped, { crc64: sum })]).not.toEqual([at, "the database"]);
			if (at >= 26)
				expect([at, await unchecked(flipped)]).toEqual([at, expect.stringMatching(/^state-damaged 16: the gzip data/)]);
		}
		flip(state, 1000, 1);
		expect(await unpacked(state, { crc64: sum })).toBe(
			`state-checksum-mismatch 0: its CRC-64 is ${crc64(state)}, but meta.json says ${sum}: one of the two is not what the node wrote`,
		);
		const plain = plainState(database);
		const plainSum = crc64(plain);
		flip(plain, 6000, 1);
		expect(await unpacked(plain, { crc64: plainSum })).toMatch(/^state-checksum-mismatch 0: /);
	});

	test("without a SQLite database in it", async () => {
		const text = new TextEncoder().encode("no database".repeat(20));
		expect(await unpacked(packedState(text))).toBe(
			'state-damaged 16: what it holds is no SQLite database: it does not begin with "SQLite format 3"',
		);
		expect(await unpacked(plainState(text))).toMatch(/^state-damaged 8: what it holds is no SQLite database/);
		expect(await unpacked(packedState(database.subarray(0, 50)))).toMatch(/the file ends after 50 of the 100 bytes/);
		expect(await unpacked(plainState(database.subarray(0, 50)))).toMatch(/the file ends after 50 of the 100 bytes/);
	});
});

describe("a state.bin that unpacks to much", () => {
	/** A gzip member of so many zeros behind the start of a database, which says at its end that it has another size. */
	function bomb(zeros: number, says: number): Uint8Array {
		const member = gzipSync(Buffer.concat([database.subarray(0, 1024), Buffer.alloc(zeros)]));
		new DataView(member.buffer, member.byteOffset).setUint32(member.byteLength - 4, says, true);
		return member;
	}

	test("is refused by the size that it gives, before anything is unpacked", async () => {
		const state = packedState(database);
		const { byteLength } = state;
		const limit = database.byteLength;
		expect(await unpacked(state, { maxBytes: limit })).toBe("the database");
		expect(await unpacked(state, { maxBytes: limit - 1 })).toBe(
			`state-too-large ${byteLength - 4}: it unpacks to ${limit} bytes; more than ${limit - 1} are not held`,
		);
		expect(await unpacked(packedBytes(bomb(1024, 2 ** 31 + 1)))).toMatch(
			/^state-too-large \d+: it unpacks to 2147483649 bytes; more than 2147483648 are not held/,
		);
	});

	test("is stopped at the size that it gives, however much there is", async () => {
		const member = bomb(64 << 20, 100_000);
		let taken = 0;
		const unpacking = gunzip(
			bytesSource(member),
			{ offset: 0, length: member.byteLength },
			{ maxBytes: 2 ** 31 },
			(bytes) => {
				taken += bytes.byteLength;
			},
		);
		await expect(unpacking).rejects.toThrow("it unpacks to more than the 100000 bytes that the gzip data ends with");
		expect(taken).toBeLessThanOrEqual(100_000);
		expect(await unpacked(packedBytes(member))).toMatch(/^state-damaged \d+: it unpacks to more than the 100000 bytes/);
	});

	test("is stopped at its first bytes where it holds no database", async () => {
		const zeros = gzipSync(Buffer.alloc(64 << 20));
		const read: number[] = [];
		const source: ByteSource = {
			...bytesSource(packedBytes(zeros)),
			readInto(target, offset) {
				read.push(offset);
				return bytesSource(packedBytes(zeros)).readInto(target, offset);
			},
		};
		await expect(unpackState(source)).rejects.toThrow("what it holds is no SQLite database");
		expect(read.length).toBeLessThanOrEqual(4); // head, size, and one or two pieces
	});
});

test("unpacking is cancelled between two pieces", async () => {
	const cancel = new AbortController();
	const state = packedState(database);
	const source: ByteSource = {
		sizeBytes: state.byteLength,
		readInto(target, offset) {
			if (offset >= 16 && target.byteLength > 4) cancel.abort(new Error("enough"));
			return bytesSource(state).readInto(target, offset);
		},
	};
	await expect(unpackState(source, { cancel: cancel.signal })).rejects.toThrow("enough");
});

test("a file that cannot be read any more is its reader's error", async () => {
	const state = packedState(database);
	const source: ByteSource = {
		sizeBytes: state.byteLength,
		readInto(target, offset) {
			if (offset >= 16 && target.byteLength > 4) throw new Error("the disk is gone");
			return bytesSource(state).readInto(target, offset);
		},
	};
	await expect(unpackState(source)).rejects.toThrow("the disk is gone");
});

test("a file that ends earlier than when it was opened is damaged, not waited for", async () => {
	const state = packedState(database);
	const source: ByteSource = {
		sizeBytes: state.byteLength,
		readInto: (target, offset) =>
			bytesSource(target.byteLength > 16 ? state.subarray(0, 2000) : state).readInto(target, offset),
	};
	await expect(unpackState(source)).rejects.toThrow("the gzip data in it is damaged: unexpected end of file");
});
