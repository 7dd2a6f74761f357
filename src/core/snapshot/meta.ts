import { MAX_UINT64 } from "../uint64";
import { isJsonObject, parseJsonObject } from "./jsonObject";
import type { RaftServer, SnapshotMeta } from "./model";

/** A larger `meta.json` is not read: a real one has a few hundred bytes. */
export const MAX_META_BYTES = 1 << 20;

export interface ParsedMeta {
	readonly meta: SnapshotMeta;
	/** Fields that are missing or of the wrong type, as sentences' ends: "Index is no whole number". */
	readonly faults: readonly string[];
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const SUFFRAGES = ["voter", "nonvoter", "staging"] as const;

/**
 * `meta.json` of a snapshot; the fields are in `src/core/FORMATS.md`. Integers are read exactly up to uint64. Throws a
 * `SyntaxError` when it is not one JSON object.
 */
export function parseMeta(bytes: Uint8Array): ParsedMeta {
	const root = parseJsonObject(bytes);
	const faults: string[] = [];
	const field = <T>(name: string, kind: string, read: (value: unknown) => T | undefined): T | undefined => {
		if (!Object.hasOwn(root, name)) {
			faults.push(`${name} is missing`);
			return undefined;
		}
		const value = read(root[name]);
		if (value === undefined) faults.push(`${name} is no ${kind}`);
		return value;
	};
	const optional: typeof field = (name, kind, read) =>
		Object.hasOwn(root, name) && root[name] !== null ? field(name, kind, read) : undefined;
	const meta: SnapshotMeta = {
		version: field("Version", "whole number", small),
		id: field("ID", "text", (value) => (typeof value === "string" ? value : undefined)),
		index: field("Index", "whole number from 0 to 2^64-1", uint64),
		term: field("Term", "whole number from 0 to 2^64-1", uint64),
		// A store that was upgraded from one without generations has no Full.
		full: Object.hasOwn(root, "Full")
			? field("Full", "truth value", (value) => (typeof value === "boolean" ? value : undefined))
			: undefined,
		sizeBytes: field("Size", "whole number of 64 bits", int64),
		crc64: optional("CRC", "base64 of eight bytes", crc64),
		configurationIndex: field("ConfigurationIndex", "whole number from 0 to 2^64-1", uint64),
		servers: field("Configuration", "Raft configuration", configuration) ?? [],
	};
	// Of an older Raft; nothing reads it.
	optional("Peers", "base64", base64);
	return { meta, faults };
}

function int64(value: unknown): bigint | undefined {
	return typeof value === "bigint" && BigInt.asIntN(64, value) === value ? value : undefined;
}

function base64(value: unknown): string | undefined {
	return typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? value : undefined;
}

function uint64(value: unknown): bigint | undefined {
	return typeof value === "bigint" && value >= 0n && value <= MAX_UINT64 ? value : undefined;
}

function small(value: unknown): number | undefined {
	return typeof value === "bigint" && value >= 0n && value < 2n ** 31n ? Number(value) : undefined;
}

/** Eight bytes, highest first, in base64. */
function crc64(value: unknown): string | undefined {
	if (typeof value !== "string" || !/^[A-Za-z0-9+/]{11}=$/.test(value)) return undefined;
	let bits = 0n;
	for (const digit of value.slice(0, -1)) bits = bits * 64n + BigInt(BASE64.indexOf(digit));
	// Eleven digits have two bits more than eight bytes.
	return (bits >> 2n).toString(16).padStart(16, "0");
}

function configuration(value: unknown): readonly RaftServer[] | undefined {
	if (!isJsonObject(value)) return undefined;
	const servers = value["Servers"];
	if (servers === null) return [];
	if (!Array.isArray(servers)) return undefined;
	const read: RaftServer[] = [];
	for (const server of servers) {
		if (!isJsonObject(server)) return undefined;
		const { ID: id, Address: address } = server;
		const suffrage = SUFFRAGES[small(server["Suffrage"]) ?? -1];
		if (typeof id !== "string" || typeof address !== "string" || suffrage === undefined) return undefined;
		read.push({ id, address, suffrage });
	}
	return read;
}
