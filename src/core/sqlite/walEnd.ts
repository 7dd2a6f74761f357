/** Why reading a WAL stopped. `frame` is 1-based: the first frame that was not applied. */
export type WalEnd =
	/** Every frame was applied. */
	| { readonly reason: "end-of-file" }
	/** Frames of an older cycle of the file follow: not part of the log. With `damage`, salts that no older cycle wrote. */
	| { readonly reason: "salt-mismatch"; readonly frame: number; readonly offset: number; readonly damage: boolean }
	/** Sound frames without a commit frame follow: dropped, as SQLite does. */
	| { readonly reason: "uncommitted"; readonly frame: number; readonly offset: number }
	/** Frames of a transaction that was rolled back after it had spilled follow: dropped. */
	| { readonly reason: "rolled-back"; readonly frame: number; readonly offset: number }
	/** A frame's checksum is wrong and committed work lies behind it: damage. */
	| { readonly reason: "checksum-mismatch"; readonly frame: number; readonly offset: number }
	/** The file was cut inside a frame: damage. */
	| { readonly reason: "torn-frame"; readonly frame: number; readonly offset: number; readonly missing: number }
	/** The header is damaged, or does not fit the base: nothing was applied. */
	| { readonly reason: "bad-header"; readonly offset: number; readonly message: string };

export type WalEndReason = WalEnd["reason"];
