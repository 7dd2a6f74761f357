import type { GridActions } from "./gridActions";
import type { GridCommand } from "./gridCommand";

/** Does what a key asks. Answers whether there was something to do. */
export function obeyCommand(command: GridCommand, actions: GridActions, openMenu: () => void): boolean {
	switch (command.name) {
		case "move":
			actions.moveTo(command.to, command.extend);
			break;
		case "move-column":
			actions.move(command.by);
			break;
		case "resize-column":
			actions.widen(command.by);
			break;
		case "copy":
			void actions.copy();
			break;
		case "open":
			actions.open();
			break;
		case "menu":
			openMenu();
			break;
		case "select-rows":
			actions.select("rows");
			break;
		case "select-columns":
			actions.select("columns");
			break;
		case "select-all":
			actions.selectAll();
			break;
		case "clear":
			return actions.clear();
		default:
			return command satisfies never;
	}
	return true;
}
