/** Why reading a WAL stopped. `frame` is 1-based: the first one that was not applied, or the damaged one. */
export type WalEnd =
	/** Every frame was applied. */
	| { readonly reason: "end-of-file" }
	/** Frames of an older cycle of the file follow: not part of the log. `damaged`: with salts that no older cycle wrote. */
	| { readonly reason: "salt-mismatch"; readonly frame: number; readonly offset: number; readonly damaged: boolean }
	/** Sound frames without a commit frame follow: dropped, as SQLite does. */
	| { readonly reason: "uncommitted"; readonly frame: number; readonly offset: number }
	/** Frames of a transaction that had spilled and was rolled back follow: dropped, as SQLite does. */
	| { readonly reason: "rolled-back"; readonly frame: number; readonly offset: number }
	/** A frame's checksum is wrong, and committed work lies in it or behind it: damage. */
	| { readonly reason: "checksum-mismatch"; readonly frame: number; readonly offset: number }
	/** The file was cut inside a frame: damage. `missing` bytes are gone from that frame. */
	| { readonly reason: "torn-frame"; readonly frame: number; readonly offset: number; readonly missing: number }
	/** The header is damaged, or of another page size than the base: damage, nothing was applied. */
	| { readonly reason: "bad-header"; readonly offset: number; readonly message: string };

export type WalEndReason = WalEnd["reason"];

/** Whether committed work is lost, or may be. The other ends are those of healthy logs. */
export function isDamage(end: WalEnd): boolean {
	switch (end.reason) {
		case "end-of-file":
		case "uncommitted":
		case "rolled-back":
			return false;
		case "salt-mismatch":
			return end.damaged;
		case "checksum-mismatch":
		case "torn-frame":
		case "bad-header":
			return true;
	}
}
