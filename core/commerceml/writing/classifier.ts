import { SyncError } from '../../errors';
import { PROPERTY_FIELDS, UNIT_FIELDS } from '../objects/books';
import { writeGroups } from '../objects/groups';
import type { CmlClassifier, CmlProperty } from '../model';
import type { XmlWriter } from '../xml/writer';
import { idFault, nameFault, type ItemBooks } from './faults';
import type { CatalogIds } from './ids';

/** For goods and offers that name neither groups nor properties. */
export const NO_CLASSIFIER: CmlClassifier = { groups: [], properties: [], units: [] };

/**
 * The classifier of the goods or offers in the same file: Bitrix reads no other one. Written even when it is empty.
 * Throws COMMERCEML_ID_INVALID, COMMERCEML_ID_REPEATED, COMMERCEML_NAME_MISSING, COMMERCEML_GROUP_UNKNOWN, CATALOG_SECTION_CYCLE,
 * COMMERCEML_DIRECTORY_VALUES.
 */
export function writeClassifier(writer: XmlWriter, { groups, properties, units }: CmlClassifier, { classifierId, classifierName }: CatalogIds): void {
	writer.begin('Классификатор');
	writer.leaf('Ид', classifierId);
	writer.leaf('Наименование', classifierName);
	for (const group of groups) {
		check(idFault(group.id));
		if (!group.removed) check(nameFault(group.name));
	}
	writeGroups(writer, groups);
	if (properties.length > 0) {
		writer.begin('Свойства');
		for (const property of properties) writeProperty(writer, property);
		writer.end('Свойства');
	}
	if (units.length > 0) {
		writer.begin('ЕдиницыИзмерения');
		for (const unit of units) {
			writer.begin('ЕдиницаИзмерения');
			UNIT_FIELDS.write(writer, unit);
			writer.end('ЕдиницаИзмерения');
		}
		writer.end('ЕдиницыИзмерения');
	}
	writer.end('Классификатор');
}

function writeProperty(writer: XmlWriter, property: CmlProperty): void {
	check(idFault(property.id));
	check(nameFault(property.name));
	// The importer of goods would make a directory of its own for them (rule C7).
	if (property.isDirectory && property.choices.length > 0) throw new SyncError('COMMERCEML_DIRECTORY_VALUES', { property: property.name ?? property.id });
	const choices = new Set<string>();
	for (const { id } of property.choices) {
		check(idFault(id) ?? (choices.has(id) ? new SyncError('COMMERCEML_ID_REPEATED', { what: 'values of a property', id }) : undefined));
		choices.add(id);
	}
	writer.begin('Свойство');
	PROPERTY_FIELDS.write(writer, property);
	writer.end('Свойство');
}

function check(fault: SyncError | undefined): void {
	if (fault) throw fault;
}

/** What of the classifier the items of its file are checked against. */
export const booksOf = ({ groups, properties }: CmlClassifier): ItemBooks => ({
	groups: new Set(groups.map(({ id }) => id)),
	properties: new Map(properties.map(({ id, kind, isDirectory, choices }) => [id, kind === 'list' && !isDirectory ? new Set(choices.map((choice) => choice.id)) : null])),
});
