import { FileError } from "../core/files";
import { generationOf } from "../core/snapshot/catalog";
import { chainOf } from "../core/snapshot/chain";
import type { Snapshot, Store } from "../core/snapshot/model";
import { type ChainReport, openImage } from "../core/snapshot/openImage";
import type { PageImage } from "../core/sqlite/image/pageImage";
import type { Finding } from "../core/verify/finding";
import { openChain } from "../node/openChain";
import { Failure, oneLine } from "./failure";
import type { LocatedStore } from "./locate";

/** A snapshot whose chain is sound, open for reading. Whoever opens it closes it. */
export interface OpenSnapshot {
	readonly image: PageImage;
	readonly report: ChainReport;
	/** What is worth knowing though the state is exact. */
	readonly warnings: readonly string[];
	close(): void;
}

/** Opens a snapshot, or throws a `Failure` that says which file is the reason, where and why. */
export function openSnapshot({ directory, store }: LocatedStore, snapshot: Snapshot): OpenSnapshot {
	const chain = chainOf(store, snapshot);
	refuse(snapshot, chain.broken);
	try {
		const files = openChain(directory, chain);
		try {
			const { image, report } = openImage(files, snapshot.id);
			refuse(snapshot, report.findings);
			if (!image) throw new Error("an image without findings is there");
			return { image, report, warnings: warningsOf(store, snapshot), close: files.close };
		} catch (error) {
			files.close();
			throw error;
		}
	} catch (error) {
		if (error instanceof FileError) throw new Failure(1, oneLine(error));
		throw error;
	}
}

function refuse(snapshot: Snapshot, findings: readonly Finding[]): void {
	const [first] = findings;
	if (!first) return;
	const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
	throw new Failure(1, `snapshot ${snapshot.id} cannot be read exactly: ${first.message}${more} ${first.advice}`);
}

function warningsOf(store: Store, snapshot: Snapshot): readonly string[] {
	const findings = [...generationOf(store, snapshot).findings, ...snapshot.findings];
	return findings.filter(({ severity }) => severity !== "info").map(({ message }) => message);
}
