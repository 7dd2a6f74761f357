import { LIVE_ID } from "../../core/dataDirectory/liveDatabase";
import { FileError } from "../../core/files";
import { openImage } from "../../core/snapshot/openImage";
import { visible } from "../../core/text";
import { openLiveDatabase } from "../../node/openLiveDatabase";
import { Failure, notExact, oneLine } from "../failure";
import type { LocatedLive } from "./locateLive";
import type { OpenSnapshot } from "./openSnapshot";

/** Opens the live database of a data directory as if it were a snapshot. Throws `Failure`. */
export async function openLive({ directory, root }: LocatedLive): Promise<OpenSnapshot> {
	const place = `the live database in ${visible(root)}`;
	const opened = await openLiveDatabase(directory).catch((error: unknown) => {
		throw error instanceof FileError ? new Failure(1, `${place}: ${oneLine(error)}`) : error;
	});
	const { image, report } = openImage(opened, LIVE_ID);
	if (!image || report.findings.length > 0) {
		opened.close();
		const messages = report.findings.map(({ message }) => message);
		throw notExact(place, messages, "Compare with another node.");
	}
	return {
		image,
		report,
		warnings: opened.findings.map(({ message }) => message),
		async confirm() {
			try {
				opened.confirm();
			} catch (error) {
				throw error instanceof FileError ? new Failure(1, `${place}: ${oneLine(error)}`) : error;
			}
		},
		close: opened.close,
	};
}
