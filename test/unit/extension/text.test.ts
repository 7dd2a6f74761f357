import { expect, test } from "vitest";
import { withoutIcons, withoutLinks } from "../../../src/extension/text/withoutMarkup";

test("a name is no link and no icon", () => {
	expect(withoutLinks("[open](command:evil)\n")).toBe("[open] (command:evil)\\u{a}");
	expect(withoutIcons("$(trash) 5 $")).toBe("\\$(trash) 5 $");
});
