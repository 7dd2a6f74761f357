import { type BuiltSnapshot, buildStore } from "../../support/stores/storeBuilder";

/** A small store of two generations: one full and two incremental snapshots, then a full one. Oldest first. */
export function buildShop(directory: string): readonly [BuiltSnapshot, BuiltSnapshot, BuiltSnapshot, BuiltSnapshot] {
	const [first, second, third, fourth] = buildStore(directory, (store) => {
		store.database.run("create table goods(id integer primary key, name text, price real)");
		store.database.run("insert into goods values(1, 'tea', 2.5), (2, 'cup', 4.0)");
		store.full();
		store.database.run("insert into goods values(9007199254740993, 'é漢', null)");
		store.incremental();
		store.database.run("delete from goods where id = 1");
		store.incremental({ index: 2n ** 64n - 1n });
		store.database.run("vacuum");
		store.full({ term: 3, index: 4 });
	});
	return [first!, second!, third!, fourth!];
}
