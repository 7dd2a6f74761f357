import { type SnapshotPage, snapshotPage } from "../../support/window/snapshotPage";
import { openWorkbench, type Workbench } from "../../support/window/workbench";
import type { BenchStore } from "../comparison";
import { type Limit, repeated } from "../limit";
import { secondsText } from "../plot";

/** The table of the large store. */
const TABLE = "events";

/** From a click in the tree to the first rows of a table in the page, the click on the table among it. */
export function firstRows({ directory }: BenchStore): Limit {
	return {
		name: "first rows of a table on screen in VS Code's window, from the click on the newest snapshot",
		goal: 1,
		text: secondsText,
		measure: (rounds) =>
			inWindow(directory, (workbench) =>
				repeated(rounds, async () => {
					const begun = performance.now();
					const page = await openNewest(workbench);
					await page.object(TABLE).click();
					await page.grid.getByRole("gridcell").first().waitFor();
					const seconds = (performance.now() - begun) / 1000;
					await workbench.runCommand("View: Close All Editors");
					return seconds;
				}),
			),
	};
}

/** The longest frame of each way through the rows, from its start until it is laid out and painted, scripts included. */
export function scrolling({ directory }: BenchStore): Limit {
	return {
		name: "longest frame while a million rows are scrolled in VS Code's window, 300 frames at a time",
		goal: 0.05,
		text: secondsText,
		measure: (rounds) =>
			inWindow(directory, async (workbench) => {
				const page = await openNewest(workbench);
				await page.choose(TABLE);
				return repeated(rounds, () => longestFrame(page));
			}),
	};
}

async function inWindow<T>(folder: string, use: (workbench: Workbench) => Promise<T>): Promise<T> {
	const workbench = await openWorkbench({ folder });
	try {
		await workbench.openView("Snapshot Stores");
		return await use(workbench);
	} finally {
		await workbench.close();
	}
}

async function openNewest(workbench: Workbench): Promise<SnapshotPage> {
	const newest = workbench.rows(/^\d+-\d+-\d+/).first();
	const [id] = /^\d+-\d+-\d+/.exec(await newest.innerText()) ?? [];
	await newest.click();
	return snapshotPage(workbench, id!);
}

/** Half of the frames go on by a turn of the wheel, half of them by a stretch of the scroll bar. */
function longestFrame({ grid }: SnapshotPage): Promise<number> {
	return grid.evaluate(async (element) => {
		const painted = new MessageChannel();
		const frame = () =>
			new Promise<number>((resolve) => {
				requestAnimationFrame((begun) => {
					painted.port1.onmessage = () => resolve((performance.now() - begun) / 1000);
					painted.port2.postMessage(undefined);
				});
			});
		let longest = 0;
		element.scrollTop = 0;
		await frame();
		for (const step of [100, element.scrollHeight / 150]) {
			for (let n = 0; n < 150; n++) {
				element.scrollTop += step;
				longest = Math.max(longest, await frame());
			}
		}
		return longest;
	});
}
