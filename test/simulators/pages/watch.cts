/** A thing that a page shows: a good, an order. */
export interface Shown {
	/** Unique on the page, e.g. `order-12`. */
	key: string;
	/** The list of the page in which it stands. */
	list: string;
	/** How people call it. */
	title: string;
	/** What is told when it changes: texts by the word of the page that names them. */
	figures: Readonly<Record<string, string>>;
}

export interface Change {
	at: number;
	key: string;
	title: string;
	/** A word of the page; undefined: the thing is new. */
	figure?: string;
	from?: string;
	to?: string;
	/** Whether it was done on the page itself. */
	isOwn: boolean;
}

interface Seen<Thing> {
	thing: Thing;
	stamp: string;
	revision: number;
}

const MOST_CHANGES = 50;

/** Notices what changes among the things of a page. Every change raises the revision, so a browser can ask what is new since the one it has. */
export class Watch<Thing extends Shown> {
	revision = 0;
	/** Newest first. */
	readonly changes: Change[] = [];
	private seen = new Map<string, Seen<Thing>>();
	private goneAt = new Map<string, number>();
	private isFirst = true;

	/** Takes over what is there now, in the order in which the page shows it. The first look only learns what there is. */
	look(things: readonly Thing[], at: number, isOwn: boolean): void {
		const before = this.seen;
		const next = this.revision + 1;
		const news: Change[] = [];
		this.seen = new Map(
			things.map((thing) => {
				const known = before.get(thing.key);
				const stamp = JSON.stringify(thing);
				if (known?.stamp === stamp) return [thing.key, known];
				if (!this.isFirst) news.push(...changesOf(known?.thing, thing).map((change) => ({ at, key: thing.key, title: thing.title, isOwn, ...change })));
				return [thing.key, { thing, stamp, revision: next }];
			}),
		);
		const gone = [...before.keys()].filter((key) => !this.seen.has(key));
		for (const key of gone) this.goneAt.set(key, next);
		if (gone.length > 0 || [...this.seen.values()].some(({ revision }) => revision === next)) this.revision = next;
		this.changes.unshift(...news.reverse());
		this.changes.length = Math.min(this.changes.length, MOST_CHANGES);
		this.isFirst = false;
	}

	/** In the order in which the page shows them. */
	all(): Thing[] {
		return [...this.seen.values()].map(({ thing }) => thing);
	}

	/** What is new or other since a revision, each with the key of the thing of its list that follows it; and what is there no more. */
	since(revision: number): { things: Array<{ thing: Thing; before: string | undefined }>; gone: string[] } {
		const all = [...this.seen.values()];
		const followers = new Map<string, string>();
		const things = all
			.reverse()
			.map((one) => {
				const { key, list } = one.thing;
				const before = followers.get(list);
				followers.set(list, key);
				return { ...one, before };
			})
			.filter((one) => one.revision > revision)
			.map(({ thing, before }) => ({ thing, before }));
		return { things, gone: [...this.goneAt].filter(([key, at]) => at > revision && !this.seen.has(key)).map(([key]) => key) };
	}
}

function changesOf(before: Shown | undefined, { figures }: Shown): Array<Pick<Change, 'figure' | 'from' | 'to'>> {
	if (!before) return [{}];
	return Object.entries(figures)
		.filter(([figure, text]) => before.figures[figure] !== text)
		.map(([figure, to]) => ({ figure, from: before.figures[figure] ?? '', to }));
}
