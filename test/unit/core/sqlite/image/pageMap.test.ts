import { expect, test } from "vitest";
import { PageMap } from "../../../../../src/core/sqlite/image/pageMap";

const log = (pageCount: number, ...pageNumbers: number[]) => ({
	pageCount,
	pageNumbers: Uint32Array.from(pageNumbers),
});

/** Where each page is: `base`, `-`, or log and frame. */
function places(map: PageMap): string {
	return Array.from({ length: map.pageCount }, (_, n) => {
		const place = map.find(n + 1);
		return place.in === "log" ? `${place.log}.${place.frame}` : place.in === "base" ? "base" : "-";
	}).join(" ");
}

test("without logs every page is the base's", () => {
	expect(places(new PageMap(512, 3))).toBe("base base base");
});

test("the last frame of a page wins, within a log and among logs", () => {
	const map = new PageMap(512, 3);
	map.apply(log(3, 2, 3, 2));
	map.apply(log(0));
	map.apply(log(4, 4, 3));

	expect(places(map)).toBe("base 0.2 2.1 2.0");
	expect([...map.changed()]).toEqual([2, 3, 4]);
	expect(map.changedPages).toBe(3);
});

test("what a commit cuts off stays cut off when a later log grows again", () => {
	const map = new PageMap(512, 5);
	map.apply(log(6, 6, 4));
	map.apply(log(2, 1));
	expect([places(map), map.basePages, map.changedPages]).toEqual(["1.0 base", 2, 1]);

	map.apply(log(6, 6));
	expect([places(map), map.firstMissing(), map.firstMissing(4), map.firstMissing(6)]).toEqual([
		"1.0 base - - - 2.0",
		3,
		4,
		undefined,
	]);
});

test("frames above the size of the commit are none of the database's", () => {
	const map = new PageMap(512, 1);
	map.apply(log(2, 9, 2));
	expect([places(map), map.changedPages]).toEqual(["base 0.1", 1]);
});

test("a base that is shorter than the commit", () => {
	const map = new PageMap(512, 1);
	map.apply(log(4, 2, 4));
	expect([places(map), map.firstMissing()]).toEqual(["base 0.0 - 0.1", 3]);
});

test("changed pages are in the order of their numbers", () => {
	const map = new PageMap(512, 0);
	map.apply(log(200, 100, 9, 20, 3));
	expect([...map.changed()]).toEqual([3, 9, 20, 100]);
});

test("a commit that claims four billion pages costs nothing", () => {
	const map = new PageMap(65_536, 1);
	map.apply(log(0xffffffff, 2));
	expect([map.pageCount, map.firstMissing(), map.changedPages]).toEqual([0xffffffff, 3, 1]);
});

test("the lock-byte page is not missed", () => {
	const map = new PageMap(65_536, 16_384);
	map.apply(log(16_386, 16_386));
	expect([map.find(16_385).in, map.firstMissing()]).toEqual(["nothing", undefined]);
});
