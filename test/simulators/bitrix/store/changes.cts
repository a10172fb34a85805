/** What happened to an object; what outgoing events are made of. */
export interface Change {
	/** `order`, `payment`, `deal`, …; items of smart processes as `item:31`, with the number of their type. */
	entity: string;
	action: 'add' | 'update' | 'delete';
	id: number;
	/** Milliseconds since 1970. */
	at: number;
	/** Writes over REST are announced exactly as those of people are. */
	source: 'rest' | 'person';
}

/** One request to the portal, with all that it changes. */
export interface Hit {
	/** On whose behalf; undefined for customers of the shop, robots and agents. */
	user?: number;
	/** Client id of the application that called. */
	application?: string;
	/** What it gave as `auth_connector`. */
	connector?: string;
}

type Listener = (change: Change, hit: Hit) => void;

/** The stream of changes. Nobody keeps it: a listener that is not there misses what happens. */
export class Changes {
	private readonly listeners = new Set<Listener>();
	private hit: Hit | undefined;

	/** Returns what ends the subscription. */
	subscribe(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	announce(change: Change): void {
		const hit = this.hit ?? {};
		for (const listener of this.listeners) listener(change, hit);
	}

	/** What `work` announces belongs to the hit; `work` must not wait for anything. What nobody claims is a hit for each change. */
	during<Result>(hit: Hit, work: () => Result): Result {
		const outer = this.hit;
		this.hit = hit;
		try {
			return work();
		} finally {
			this.hit = outer;
		}
	}
}
