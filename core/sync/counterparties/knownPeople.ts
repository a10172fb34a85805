import { emailKeys } from '../../model/email';
import { phoneKeys } from '../../model/phone';
import { namesAgree, readName, wordWeight, type PartyName } from '../matching/partyName';

type Json = Record<string, unknown>;

/** A text without spaces around it; empty for everything else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** By what a person is known again, taken to pieces once: comparing each with each anew takes minutes for a thousand of them. */
interface Traits {
	contacts: string[];
	name: PartyName;
}

function traitsOf({ phone, email, name }: Json): Traits {
	const contacts = [...phoneKeys(textOf(phone)).map((key) => `phone ${key}`), ...emailKeys(textOf(email)).map((key) => `email ${key}`)];
	return { contacts, name: readName(textOf(name)) };
}

/** Under what a person is looked up. Names that agree share a word that tells something (see `namesAgree`). */
const tracesOf = ({ contacts, name }: Traits): string[] => [...contacts, ...name.words.filter((word) => wordWeight(word) === 1).map((word) => `word ${word}`)];

const areSame = (one: Traits, other: Traits): boolean =>
	one.contacts.some((key) => other.contacts.includes(key)) || (one.name.words.length > 0 && other.name.words.length > 0 && namesAgree(one.name, other.name, true));

/** Contact persons of one counterparty, those that are about to be added too. */
export class KnownPeople {
	private readonly people: Array<{ row: Json; traits: Traits }> = [];
	private readonly places = new Map<string, Set<number>>();

	constructor(rows: readonly Json[]) {
		for (const row of rows) this.add(row);
	}

	/** Takes a person in, who is found from now on. */
	add(row: Json): void {
		const traits = traitsOf(row);
		this.index(traits, this.people.push({ row, traits }) - 1);
	}

	/** The first who is the same by phone, by e-mail or by name. */
	find(row: Json): Json | undefined {
		const traits = traitsOf(row);
		const places = [...new Set(tracesOf(traits).flatMap((trace) => [...(this.places.get(trace) ?? [])]))].sort((one, other) => one - other);
		return places.flatMap((place) => this.people[place] ?? []).find((one) => areSame(one.traits, traits))?.row;
	}

	/** Adds to a person who is known. */
	fill(row: Json, more: Json): void {
		const place = this.people.findIndex((one) => one.row === row);
		const person = this.people[place];
		if (!person) return;
		Object.assign(row, more);
		person.traits = traitsOf(row);
		this.index(person.traits, place);
	}

	private index(traits: Traits, place: number): void {
		for (const trace of tracesOf(traits)) this.places.set(trace, (this.places.get(trace) ?? new Set()).add(place));
	}
}
