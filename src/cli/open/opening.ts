import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import type { Snapshot } from "../../core/snapshot/model";
import { LogIndex } from "../../node/logIndex";
import { indexDirectory } from "./indexDirectory";
import { type LocatedStore, locateSnapshot, locateStore } from "./locate";
import { type LocatedLive, locateLive } from "./locateLive";
import { openLive } from "./openLive";
import { type OpenSnapshot, openSnapshot } from "./openSnapshot";

/** The database that a command is about, found and not yet opened. It can be sent to another thread. */
export type Located =
	| { readonly kind: "live"; readonly live: LocatedLive }
	| { readonly kind: "snapshot"; readonly store: LocatedStore; readonly snapshot: Snapshot };

/** The snapshot of an id or `latest`, or the live database for `live`. Throws `Failure`. */
export async function locateDatabase(directory: string, id: string, store: string | undefined): Promise<Located> {
	if (id === LIVE_ID) return { kind: "live", live: await locateLive(directory, store) };
	const located = await locateStore(directory, store);
	return { kind: "snapshot", store: located, snapshot: locateSnapshot(located, id) };
}

/** How a message begins that is about it. */
export function nameOf(located: Located): string {
	return located.kind === "live" ? "live database" : `snapshot ${located.snapshot.id}`;
}

/** The directory that is only read: nothing may be written into it. */
export function directoryOf(located: Located): string {
	return located.kind === "live" ? located.live.directory : located.store.directory;
}

/** To be queried. Throws `Failure`. Whoever opens it closes it. */
export function openLocated(located: Located, options: { readonly allowDamaged: boolean }): Promise<OpenSnapshot> {
	if (located.kind === "live") return openLive(located.live);
	const directory = indexDirectory();
	const known = directory === undefined ? undefined : new LogIndex(directory);
	return openSnapshot(located.store, located.snapshot, { ...options, known });
}
