/** Makes 10,000 tables, all of which show the rows of the first: SQLite would take half a minute to make as many. */
export const MANY_TABLES = `
	create table t(a); insert into t values(1); pragma writable_schema = on;
	with recursive n(i) as (select 0 union all select i + 1 from n limit 10000)
	insert into sqlite_schema select 'table', 't' || i, 't' || i, 2, 'CREATE TABLE t' || i || '(a)' from n;`;

/** Makes a table of 2,000 columns `c0` to `c1999`, each of which holds its number. */
export const MANY_COLUMNS = ((columns: readonly number[]) =>
	`create table wide(${columns.map((n) => `c${n}`).join()}); insert into wide values(${columns.join()});`)(
	Array.from({ length: 2000 }, (_, n) => n),
);

/** Makes a schema that SQLite cannot read. */
export const BROKEN_SCHEMA = `
	create table t(a); insert into t values(1); pragma writable_schema = on;
	insert into sqlite_schema values('view', 'broken', 'broken', 0, 'create view broken as selekt');`;

/** What a browser would make something of, if it were told to. */
export const MARKUP =
	'<img src=x onerror="window.ran = true"><script>window.ran = true</script><b style="color:red">&amp;';

/** Makes a table whose name, column and values are such, and a view that never ends. */
export const MARKUP_TABLES = `
	create table "${MARKUP.replaceAll('"', '""')}"("${MARKUP.replaceAll('"', '""')}" text);
	insert into "${MARKUP.replaceAll('"', '""')}" values('${MARKUP}'), ('javascript:window.ran = true'), (x'3c7376672f6f6e6c6f61643d613e');
	create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n;`;
