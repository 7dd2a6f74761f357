import type { Server } from "../stores/meta";
import type { StoreBuilder } from "../stores/storeBuilder";
import { Shop } from "./shop";

const NODE1: Server = { id: "node1", address: "10.20.0.11:4002", suffrage: "voter" };
const NODE2: Server = { id: "node2", address: "10.20.0.12:4002", suffrage: "voter" };
const NODE3: Server = { id: "node3", address: "10.20.0.13:4002", suffrage: "nonvoter" };

/** Three generations in the life of a tea shop, snapshot by snapshot. */
export function tellStory(store: StoreBuilder): void {
	const { database } = store;
	const shop = new Shop(database);

	shop.open();
	shop.welcome(12);
	store.full({ servers: [NODE1, NODE2], term: 2, index: 31, milliseconds: time("2026-09-08T06:12:44.118Z") });

	shop.sell(30);
	store.incremental({ index: 1061, milliseconds: time("2026-09-12T19:30:02.731Z") });

	shop.work();
	shop.welcome(6);
	shop.sell(20);
	store.incremental({ index: 2088, milliseconds: time("2026-09-17T11:02:51.004Z") });

	shop.importPriceList(400);
	database.run(`
		update products set price_cents = price_cents * 105 / 100 where sku like 'TEA-%';
		delete from orders where status = 'cancelled' and id < 20;
	`);
	// A third node joins, to read at first.
	store.incremental({
		servers: [NODE1, NODE2, NODE3],
		index: 3120,
		milliseconds: time("2026-09-21T08:45:10.552Z"),
	});

	// A new leader, and a column more.
	database.run(`
		alter table customers add column language text;
		update customers set language = case country when 'PT' then 'pt' when 'JP' then 'ja' when 'UA' then 'uk' end;
	`);
	shop.work();
	store.incremental({ term: 3, index: 4127, milliseconds: time("2026-09-26T14:20:37.909Z") });

	// A node that was away asks for everything: the next generation.
	shop.wait(6);
	shop.sell(25);
	store.full({ index: 5133, milliseconds: time("2026-10-03T05:55:00.317Z") });

	database.run("drop table price_import");
	store.incremental({ index: 5160, milliseconds: time("2026-10-03T06:31:18.640Z") });

	database.run("vacuum");
	store.incremental({ index: 5161, milliseconds: time("2026-10-03T06:40:00.081Z") });

	shop.work();
	shop.welcome(7);
	shop.sell(20);
	store.incremental({ index: 6190, milliseconds: time("2026-10-12T21:17:45.226Z") });

	// The node is started anew and finds its store in need of a full snapshot; another has moved.
	const moved = { ...NODE2, address: "10.20.1.12:4002" };
	database.restart();
	shop.wait(10);
	shop.work();
	store.full({
		servers: [NODE1, moved, NODE3],
		term: 5,
		index: 7204,
		milliseconds: time("2026-10-25T04:00:09.470Z"),
	});

	shop.sell(15);
	database.run("update products set stock = stock + 100 where stock < 20");
	store.incremental({ index: 8230, milliseconds: time("2026-11-04T17:09:33.895Z") });

	shop.work();
	database.run(`
		create table reviews (
			product_id integer not null references products(id),
			stars integer not null check (stars between 1 and 5),
			words text
		);
		insert into reviews values (3, 5, 'とても美味しい'), (12, 4, 'Worth every cent.'), (16, 1, null), (4, 5, '好喝！🍵');
	`);
	store.incremental({
		servers: [NODE1, moved, { ...NODE3, suffrage: "voter" }],
		index: 9266,
		milliseconds: time("2026-11-15T09:58:20.163Z"),
	});
}

function time(iso: string): number {
	return Date.parse(iso);
}
