import { formatDialect, sqlite } from "sql-formatter";
import { formatCount, t } from "../l10n";

/** Characters that are laid out at most: it takes seconds for five times as many, in which the page stands still. */
const MAX_CHARACTERS = 20_000;

/** SQL laid out anew, its words as they were written. Throws, with the reason in words, where that cannot be done. */
export function formatSql(sql: string): string {
	if (sql.length > MAX_CHARACTERS) {
		throw new Error(t("Only {0} characters are laid out at once: select a part.", formatCount(MAX_CHARACTERS)));
	}
	try {
		return formatDialect(sql, { dialect: sqlite, tabWidth: 2 });
	} catch {
		throw new Error(t("This SQL cannot be laid out: there is something wrong in it."));
	}
}
