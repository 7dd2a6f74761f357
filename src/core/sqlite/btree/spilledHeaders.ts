import type { CheckedState } from "./checkedState";
import { PageCheck } from "./pageCheck";
import { headerOffset } from "./pageFormat";
import { readPayload } from "./payload";
import { headerBytes, recordProblem } from "./record";

/**
 * Checks the headers of records that go on on overflow pages, as those of rows with hundreds of columns do. `pages`: those
 * with such a record; all overflow chains are sound.
 */
export function checkSpilledHeaders(state: CheckedState, pages: readonly number[]): void {
	if (pages.length === 0) return;
	const page = new PageCheck(state.format);
	for (const number of pages) {
		const bytes = state.reader.page(number).slice();
		page.check(bytes, 0, headerOffset(number));
		for (let n = 0; n < page.spilled; n++) {
			const [start, local, payload] = [page.payloadStart[n]!, page.localBytes[n]!, page.payloadBytes[n]!];
			const length = headerBytes(bytes, start);
			if (length <= local) continue;
			const spilled = { bytes, start, local, first: page.firstOverflow[n]! };
			const header = readPayload(state, spilled, length, () => true);
			const problem = recordProblem(header, 0, header.byteLength, payload);
			if (problem !== undefined) state.faults.add(number, `has a record on overflow pages that ${problem}`);
		}
	}
}
