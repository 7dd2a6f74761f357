import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { visible } from "../core/text";
import { EXIT, Failure } from "./failure";

/** Where a command is to write. */
export interface Target {
	readonly output: string;
	/** Replace a file that is there. */
	readonly force: boolean;
}

/**
 * The absolute path of the file to write. `readOnly` says why a place, whose directory is there, must stay as it is.
 * Throws `Failure`.
 */
export function checkTarget({ output, force }: Target, readOnly: (target: string) => string | undefined): string {
	const target = checkPlace(output, readOnly);
	if (!existsSync(target)) return target;
	if (!statSync(target).isFile())
		throw new Failure(EXIT.refused, `${visible(target)} is a directory or a device. Name another place.`);
	if (force) return target;
	throw new Failure(
		EXIT.refused,
		`${visible(target)} is there already. Choose another name, or replace it with --force.`,
	);
}

/** As `checkTarget`, of a directory to make; an empty one may be there. */
export function checkDirectory(output: string, readOnly: (target: string) => string | undefined): string {
	const target = checkPlace(output, readOnly);
	if (!existsSync(target) || (statSync(target).isDirectory() && readdirSync(target).length === 0)) return target;
	throw new Failure(EXIT.refused, `${visible(target)} is there already. Name a directory that is not, or is empty.`);
}

function checkPlace(output: string, readOnly: (target: string) => string | undefined): string {
	if (output === "") throw new Failure(EXIT.usage, "--output names no place.");
	const target = resolve(output);
	if (!existsSync(dirname(target))) throw new Failure(EXIT.usage, `${visible(dirname(target))} is not there.`);
	const reason = readOnly(target);
	if (reason === undefined) return target;
	throw new Failure(EXIT.refused, `${visible(target)} ${reason}. Choose another place.`);
}
