const MAX_LENGTH = 100;

/** A text from a store as the name of a file that every system takes, and in no other directory. */
export function fileName(text: string): string {
	const plain = text.replaceAll(/[^\p{L}\p{N}._ -]+/gu, "_").replace(/^[. ]+/, "");
	const shortened = plain.length <= MAX_LENGTH ? plain : plain.slice(-MAX_LENGTH).replace(/^[\udc00-\udfff. ]+/, "");
	return shortened === "" ? "value" : shortened;
}
