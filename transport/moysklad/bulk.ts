import { SyncError } from '../../core';
import { partFailure } from '../failure';
import { apiErrors, refusal } from './answers';
import type { MoySkladClient, WriteOptions } from './client';
import type { Entity } from './lists';

/** What became of one element of an array that was written. */
export type Written = { entity: Entity } | { error: SyncError };

/** Larger arrays run into MoySklad's five minutes; larger bodies into its 10 MB. */
const ELEMENTS = 200;
const BYTES = 9_000_000;

/**
 * Creates and updates (elements with `meta`) in arrays. One outcome an element, in order: a refused element does not stop the
 * others, and a call that failed as a whole fails its elements only. Source: github moysklad/api-remap-1.2-doc,
 * `md/_general.md`.
 */
export async function writeMany(client: MoySkladClient, path: string, bodies: readonly Entity[], options: WriteOptions): Promise<Written[]> {
	const outcomes: Written[] = [];
	for (const part of cut(bodies)) outcomes.push(...(await writePart(client, path, part, options)));
	return outcomes;
}

/** Deletes by reference; one outcome an element, in order. */
export async function deleteMany(client: MoySkladClient, path: string, references: readonly Entity[]): Promise<Written[]> {
	return await writeMany(client, `${path}/delete`, references, { repeatable: true });
}

async function writePart(client: MoySkladClient, path: string, part: Entity[], options: WriteOptions): Promise<Written[]> {
	try {
		const answer = await client.write('POST', path, part, options);
		if (Array.isArray(answer) && answer.length === part.length) return answer.map((element) => outcome(element, path));
		throw new SyncError('ANSWER_UNEXPECTED', { call: `POST ${path}`, reason: 'not one answer an element' });
	} catch (error) {
		const failure = partFailure(error);
		return part.map(() => ({ error: failure }));
	}
}

function outcome(element: unknown, path: string): Written {
	const errors = apiErrors(element);
	return errors ? { error: refusal(errors, `POST ${path}`, 400) } : { entity: (element ?? {}) as Entity };
}

function cut(bodies: readonly Entity[]): Entity[][] {
	const parts: Entity[][] = [];
	let bytes = Infinity;
	for (const body of bodies) {
		const size = JSON.stringify(body).length * 2;
		if (bytes + size > BYTES || (parts.at(-1)?.length ?? 0) >= ELEMENTS) {
			parts.push([]);
			bytes = 0;
		}
		parts.at(-1)?.push(body);
		bytes += size;
	}
	return parts;
}
