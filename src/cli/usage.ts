/** What `snapstore --help` prints. */
export const USAGE = `snapstore: look into snapshot stores, and keep them

usage: snapstore list <dir> [--json] [--store <path>]
       snapstore query <dir> <snapshot> [<sql> | --file <sql file>] [--json | --csv | --jsonl]
                       [--param <name>=<value>]… [--limit <n>] [--allow-damaged] [--store <path>]
       snapstore export <dir> <snapshot> --output <file or directory> [--table <name> | --sql <sql>]
                        [--format csv|json|jsonl|sql] [--views] [--param <name>=<value>]… [--force]
                        [--json] [--allow-damaged] [--store <path>]
       snapstore verify <dir> [--quick | --full] [--snapshot <id>] [--json] [--store <path>]
       snapstore restore <dir> <snapshot> --output <file> [--force] [--json] [--allow-damaged]
                         [--store <path>]
       snapstore restore <stream file> --output <file> [--force] [--json] [--allow-damaged]
       snapstore create <dir> --database <file> --index <n> --term <n> [--json] [--store <path>]
       snapstore create <dir> --wal <file> --index <n> --term <n> [--json] [--store <path>]
       snapstore reap <dir> [--retain <n>] [--dry-run] [--json] [--store <path>]
       snapstore recover <dir> [--dry-run] [--json] [--store <path>]
       snapstore --version

<dir>       a snapshot store, or a directory above one or more of them
<snapshot>  the id of a snapshot, or latest; for query and restore also live, the database that the
            node in whose data directory the store lies answers from
<stream file>
            a snapshot as one node sends it to another, of a store with generations or of rqlite 10
<sql>       one statement. Without it and --file: a prompt, or where standard input is no terminal
            the statements that it holds
--file      a file of statements, which run one after the other
--csv       rows as CSV: NULL is an empty field, an empty text ""; --jsonl: a JSON object for each
--param     the value of a parameter of the statements, by its name or number; as SQL writes it: 12,
            1.5, null, 'text', x'00ff'. Anything else is the text that it is
--table     one table or view; --sql: the rows of a query. Without either: every table, as sql in one
            file that makes the database again, else each as a file in a directory
--format    what the file's name ends with, when not given; of a directory csv
--views     the rows of views too, where every table is exported
--store     which store, by its path below <dir>, where there are several
--json      one JSON document on standard output
--allow-damaged
            goes as far as the last sound commit of a damaged snapshot, and says what is missing
--quick     without the databases; --full: SQLite's integrity_check and foreign_key_check besides
--snapshot  one snapshot alone, with what its state depends on
--database  a SQLite database, with the WAL beside it, for a full snapshot
--wal       a SQLite WAL, for an incremental snapshot that follows the newest one
--retain    how many of the newest snapshots stay, 2 or more; 2 when not given
--dry-run   say what would be done, and do nothing

Exit status: 0 done; 1 the store or the snapshot is the reason; 2 wrong usage, or nothing there.
`;
