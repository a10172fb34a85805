import {
	ATTRIBUTE_PREFIX, definitionNamed, entriesPath, entryName, entryNamed, groupBy, hiddenToo, isReferring, SyncError,
	type AttributeDefinition, type EntryByName,
} from '../../core';
import type { MoySkladClient } from './client';
import { readByValues, type Entity } from './lists';
import { readAttributeDefinitions } from './metadata';

/** The additional fields of one entity. Definitions and entries of dictionaries are read once in its life (an execution). */
export class Attributes {
	private read: Promise<AttributeDefinition[]> | undefined;
	private readonly entries = new Map<string, Entity[]>();
	private readonly looked = new Set<string>();

	constructor(
		private readonly client: MoySkladClient,
		private readonly entity: string,
	) {}

	/** All additional fields of the entity. Throws what `MoySkladClient` throws. */
	async definitions(): Promise<AttributeDefinition[]> {
		this.read ??= readAttributeDefinitions(this.client, this.entity);
		return await this.read;
	}

	/** The definition that a field such as `attribute:Brand` names, by its id or name. Throws MOYSKLAD_VALUE_NOT_LISTED. */
	async definition(field: string): Promise<AttributeDefinition> {
		const name = field.slice(ATTRIBUTE_PREFIX.length);
		const definition = definitionNamed(await this.definitions(), name);
		if (!definition) throw new SyncError('MOYSKLAD_VALUE_NOT_LISTED', { what: `additional field of ${this.entity}`, name });
		return definition;
	}

	/** Looks up all entries that are given by name, in bulk, and gives a function that knows them. */
	async entriesFor(values: ReadonlyArray<{ definition: AttributeDefinition; value: unknown }>): Promise<EntryByName> {
		const named = values.filter(({ definition, value }) => isReferring(definition) && entryName(value) !== undefined);
		for (const [path, some] of groupBy(named, ({ definition }) => entriesPath(definition))) {
			const names = some.map(({ value }) => entryName(value) ?? '').filter((name) => !this.looked.has(`${path} ${name}`));
			const type = some[0]?.definition.type ?? '';
			const rows = await readByValues(this.client, path, 'name', names, { conditions: hiddenToo(type) });
			this.entries.set(path, [...(this.entries.get(path) ?? []), ...rows]);
			for (const name of names) this.looked.add(`${path} ${name}`);
		}
		return (definition, name) => entryNamed(definition, name, this.entries.get(entriesPath(definition)) ?? []);
	}
}
