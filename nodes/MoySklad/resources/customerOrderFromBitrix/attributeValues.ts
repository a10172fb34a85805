import { attributeBody, attributeText, SyncError, type AttributeRule, type AttributeValueOf } from '../../../../core';
import { Attributes, type MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import type { AttributeRow } from './settings';
import { isOpen, type OrderTask } from './task';

/**
 * The additional fields of each order as MoySklad takes them. Definitions and dictionaries are read once.
 * Orders with a value that does not fit its field are finished here. Throws MOYSKLAD_VALUE_NOT_LISTED for a field that is gone.
 */
export async function attributeValues(
	client: MoySkladClient,
	rows: readonly AttributeRow[],
	tasks: readonly OrderTask[],
): Promise<Map<OrderTask, AttributeValueOf[]>> {
	if (rows.length === 0) return new Map();
	const attributes = new Attributes(client, 'customerorder');
	const rules = rulesFor(rows, await attributes.definitions());
	const texts = tasks
		.filter(isOpen)
		.map((task) => ({ task, values: rules.map((rule) => ({ rule, text: attributeText(rule, task.order) })) }));
	const given = texts.flatMap(({ values }) => values.map(({ rule, text }) => ({ definition: rule.definition, value: text })));
	const entryByName = await attributes.entriesFor(given.filter(({ value }) => value !== null));
	const found = new Map<OrderTask, AttributeValueOf[]>();
	for (const { task, values } of texts) {
		try {
			found.set(
				task,
				values.map(({ rule, text }) => ({ rule, text, body: attributeBody(rule.definition, text, entryByName) })),
			);
		} catch (error) {
			task.fail(caught(error));
		}
	}
	return found;
}

const rulesFor = (rows: readonly AttributeRow[], definitions: Awaited<ReturnType<Attributes['definitions']>>): AttributeRule[] =>
	rows.map(({ definitionId, ...rule }) => {
		const definition = definitions.find(({ id }) => id === definitionId);
		if (!definition)
			throw new SyncError('MOYSKLAD_VALUE_NOT_LISTED', { what: 'additional field of customer orders', name: definitionId });
		return { ...rule, definition };
	});
