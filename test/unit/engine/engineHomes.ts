import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StoreFile } from "../../../src/core/snapshot/model";
import { LocalEngine } from "../../../src/engine/localEngine";
import { openBytes } from "../../../src/engine/openBytes";
import type { ChainBytes, EngineOver } from "../../../src/protocol/engine";
import { connect } from "../../../src/protocol/rpc";
import type { Engine } from "../../../src/webview/engine/engineSession";
import { temporaryDirectory } from "../../support/stores/temporaryDirectory";
import { type Channels, kindsOfChannels } from "../protocol/channels";
import { described } from "../webview/described";
import { hostHome } from "./hostHome";
import { sqlJs } from "./openDatabase";

/** Starts an engine for a chain, as its home does. */
type StartFor = (chain: ChainBytes) => Promise<Engine>;

function overBytes(channels: () => Channels): StartFor {
	return async (chain) => {
		const [here, there] = channels();
		connect(new LocalEngine(sqlJs, openBytes), there);
		const { remote, close } = connect<EngineOver<ChainBytes>, object>({}, here);
		return { open: (options) => remote.open(chain, options), functions: remote, end: close };
	};
}

/** The files of a chain, written below a directory. */
export function writeChain(directory: string, { base, wals }: ChainBytes): StoreFile[] {
	return [base, ...wals].map(({ path, bytes }) => {
		const file = join(directory, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, bytes as Uint8Array);
		const { size, mtimeMs } = statSync(file);
		return { path, sizeBytes: size, modifiedAt: mtimeMs };
	});
}

const inThread: StartFor = async (chain) => {
	const directory = temporaryDirectory();
	const { home, served } = hostHome(directory);
	served.describe(described({ id: chain.snapshot, files: writeChain(directory, chain), pending: chain.pending }));
	const start = await home.load();
	return start(() => {});
};

/** Every home that an engine has, by name; each must answer the same. */
export const engineHomes: readonly (readonly [string, StartFor])[] = [
	...kindsOfChannels.map(([name, channels]) => [`over bytes behind ${name} channel`, overBytes(channels)] as const),
	["over files in a thread", inThread],
];
