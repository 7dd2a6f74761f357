import type { LiveDatabase } from "../sqlite/liveDatabase";
import { PEOPLE, PRODUCTS } from "./people";
import { pngImage } from "./pngImage";
import { Random } from "./random";

const SCHEMA = `
	create table customers (
		id integer primary key,
		name text not null,
		email text not null unique,
		country text not null,
		joined_at text not null,
		note text
	);
	create table products (
		id integer primary key,
		sku text not null unique,
		name text not null,
		price_cents integer not null check (price_cents >= 0),
		weight_kg real not null,
		stock integer not null,
		image blob
	);
	create table orders (
		id integer primary key,
		customer_id integer not null references customers(id),
		status text not null default 'open' check (status in ('open', 'paid', 'shipped', 'cancelled')),
		placed_at text not null,
		changed_at text not null,
		tracking_number integer
	);
	create table order_items (
		order_id integer not null references orders(id) on delete cascade,
		product_id integer not null references products(id),
		quantity integer not null,
		price_cents integer not null,
		primary key (order_id, product_id)
	) without rowid;
	create table events (
		id integer primary key autoincrement,
		happened_at text not null,
		kind text not null,
		order_id integer,
		detail text
	);
	create index orders_by_customer on orders (customer_id, placed_at);
	create index open_orders on orders (placed_at) where status = 'open';
	create view order_totals as
		select o.id, c.name as customer, o.status, o.placed_at, sum(i.quantity * i.price_cents) / 100.0 as total
		from orders o join customers c on c.id = o.customer_id left join order_items i on i.order_id = o.id
		group by o.id;
	create trigger order_changed after update of status on orders begin
		insert into events (happened_at, kind, order_id, detail)
		values (new.changed_at, 'status', new.id, json_object('from', old.status, 'to', new.status));
	end;
	create trigger item_sold after insert on order_items begin
		update products set stock = stock - new.quantity where id = new.product_id;
	end;
`;

/** The first number of a parcel: beyond 2^53, where a double would round it. */
const FIRST_PARCEL = 9_107_199_254_740_993n;

/** A tea shop that lives in a database. Its clock and its dice are its own, so that every run is the same. */
export class Shop {
	readonly #random = new Random(1848);
	#now = Date.UTC(2026, 8, 1, 7);
	#customers = 0;
	#parcels = 0n;

	constructor(readonly database: LiveDatabase) {}

	open(): void {
		this.database.run(SCHEMA);
		this.database.transaction(() => {
			for (const [sku, name, priceCents, weightKg] of PRODUCTS) {
				const image = sku === "GIFT-CARD" ? null : pngImage(this.#random);
				this.database.run(
					"insert into products (sku, name, price_cents, weight_kg, stock, image) values (?, ?, ?, ?, ?, ?)",
					...[sku, name, priceCents, weightKg, 40 + this.#random.below(160), image],
				);
			}
		});
	}

	/** The next customers of the list come in. */
	welcome(count: number): void {
		this.database.transaction(() => {
			for (const [name, country, note] of PEOPLE.slice(this.#customers, this.#customers + count)) {
				this.#customers++;
				this.database.run(
					"insert into customers (name, email, country, joined_at, note) values (?, ?, ?, ?, ?)",
					...[name, `customer${this.#customers}@example.com`, country, this.#tick(), note ?? null],
				);
			}
		});
	}

	sell(orders: number): void {
		this.database.transaction(() => {
			for (let sold = 0; sold < orders; sold++) this.#placeOrder();
		});
	}

	/** Every order that is open gets paid, every one that was paid is shipped; now and then one is cancelled. */
	work(): void {
		this.database.transaction(() => {
			for (const [id] of this.database.all("select id from orders where status = 'paid' order by id")) {
				this.database.run(
					"update orders set status = 'shipped', tracking_number = ?, changed_at = ? where id = ?",
					...[FIRST_PARCEL + 2n * this.#parcels++, this.#tick(), Number(id)],
				);
			}
			for (const [id] of this.database.all("select id from orders where status = 'open' order by id")) {
				const status = this.#random.below(9) === 0 ? "cancelled" : "paid";
				this.database.run(
					"update orders set status = ?, changed_at = ? where id = ?",
					status,
					this.#tick(),
					Number(id),
				);
			}
		});
	}

	/** A price list of a supplier, taken in as it came. */
	importPriceList(lines: number): void {
		this.database.run("create table price_import (line integer primary key, sku text, raw text)");
		this.database.transaction(() => {
			for (let line = 1; line <= lines; line++) {
				const [sku, name, priceCents] = this.#random.of(PRODUCTS);
				const raw = [line, sku, name, (priceCents * (90 + this.#random.below(30))) / 10_000, "EUR", "net 30 days"];
				this.database.run("insert into price_import (sku, raw) values (?, ?)", sku, raw.join(";"));
			}
		});
	}

	/** Lets days go by. */
	wait(days: number): void {
		this.#now += days * 86_400_000;
	}

	#placeOrder(): void {
		const placedAt = this.#tick();
		const customer = 1 + this.#random.below(this.#customers);
		this.database.run(
			"insert into orders (customer_id, placed_at, changed_at) values (?, ?, ?)",
			...[customer, placedAt, placedAt],
		);
		for (let items = 1 + this.#random.below(3); items > 0; items--) {
			this.database.run(
				`insert or ignore into order_items
					select (select max(id) from orders), id, ?, price_cents from products where id = ?`,
				...[1 + this.#random.below(4), 1 + this.#random.below(PRODUCTS.length)],
			);
		}
	}

	/** Some minutes later. */
	#tick(): string {
		this.#now += (3 + this.#random.below(240)) * 60_000;
		return new Date(this.#now).toISOString();
	}
}
