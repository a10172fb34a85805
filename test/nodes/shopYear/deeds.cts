/** What of an order somebody is busy with. Two sides never have the same in hand before both know of it. */
export type Part = 'money' | 'goods';

/** Something that a person may do to an order as it is. */
export interface Deed {
	name: string;
	/** Empty: nothing that the other side could contradict. */
	touches: readonly Part[];
	act(): void | Promise<void>;
}
