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

type Listener = (change: Change) => void;

/** The stream of changes. Nobody keeps it: a listener that is not there misses what happens. */
export class Changes {
	private readonly listeners = new Set<Listener>();

	/** Returns what ends the subscription. */
	subscribe(listener: Listener): () => void {
		this.listeners.add(listener);
		return () => void this.listeners.delete(listener);
	}

	announce(change: Change): void {
		for (const listener of this.listeners) listener(change);
	}
}
