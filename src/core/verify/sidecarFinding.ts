import { crcText } from "../checksum/crc32";
import type { SidecarMatch } from "../checksum/sidecar";
import type { Sidecar } from "../snapshot/model";
import type { Finding } from "./finding";

/** Where a file and its sidecar do not agree. `snapshots`: those whose chain holds the file. */
export function sidecarFinding(
	path: string,
	sidecar: Sidecar,
	{ match, crc32c }: SidecarMatch<unknown>,
	snapshots: readonly string[],
): Finding | undefined {
	const said = crcText(sidecar.crc32c);
	switch (match) {
		case "equal":
			return undefined;
		case "ieee":
			return {
				code: "sidecar-ieee",
				severity: "error",
				path: sidecar.path,
				snapshots: [],
				message: `${sidecar.path} holds the CRC-32 of IEEE (${said}) where the CRC-32C of ${path} should be (${crcText(crc32c)}).`,
				advice:
					"The file is whole and its snapshots can be read. A node that checks it refuses the store: restore the snapshot to a file, or let a current version write the sidecar anew.",
			};
		case "different":
			return {
				code: "sidecar-mismatch",
				severity: "error",
				path: sidecar.path,
				snapshots,
				message: `${sidecar.path} gives the CRC-32C ${said}, but that of ${path} is ${crcText(crc32c)}: one of the two is not what the node wrote.`,
				advice: "Take both files from a backup or another node. Snapshots before this one are not affected.",
			};
	}
}
