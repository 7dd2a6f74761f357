import { visible } from "../../core/text";

/** For a notification, which makes links of `[text](address)`. */
export function withoutLinks(text: string): string {
	return visible(text).replaceAll("](", "] (");
}

/** For a quick pick, which draws icons for `$(name)`. */
export function withoutIcons(text: string): string {
	return visible(text).replaceAll("$(", "\\$(");
}
