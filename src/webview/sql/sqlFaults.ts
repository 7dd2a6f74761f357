import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { SqlRange } from "./sqlEditor";

const fault = Decoration.mark({ class: "cm-sqlFault" });

/** Marks places of the text in place of those that were marked before. */
export const setFaults = StateEffect.define<readonly SqlRange[]>();

/** The places of a text that SQLite complained of; they move with it. */
export const sqlFaults: Extension = StateField.define<DecorationSet>({
	create: () => Decoration.none,
	update(marks, { changes, effects }) {
		const set = effects.find((effect) => effect.is(setFaults));
		if (set === undefined) return marks.map(changes);
		const ranges: readonly SqlRange[] = set.value;
		return Decoration.set(
			ranges.filter(({ from, to }) => from < to).map(({ from, to }) => fault.range(from, to)),
			true,
		);
	},
	provide: (field) => EditorView.decorations.from(field),
});
