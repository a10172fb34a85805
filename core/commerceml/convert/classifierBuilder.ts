import { SyncError } from '../../errors';
import type { FieldValues } from '../../sync/fieldValue';
import type { CmlClassifier, CmlGroup, CmlProperty, CmlUnit } from '../model';
import { choicesOf } from './properties';
import { unitOf } from './units';

/** In front of the id of a property, among the targets of a mapping. */
export const PROPERTY_TARGET = 'property:';

/**
 * Collects what goods or offers need of a classifier, before any of them is written: the values of list properties and the units.
 * Properties without a value in any item are not in it.
 */
export class ClassifierBuilder {
	private readonly units = new Map<number, CmlUnit>();
	private readonly used = new Map<string, CmlProperty>();
	/** Words of the choices of each property by their ids, in small letters. */
	private readonly words = new Map<string, Map<string, string>>();

	/** `properties`: the definitions of all that items may name. */
	constructor(private readonly properties: ReadonlyMap<string, CmlProperty>) {}

	/** Throws COMMERCEML_CHOICE_CLASH. */
	add(values: FieldValues): void {
		for (const [target, value] of Object.entries(values)) {
			const property = target.startsWith(PROPERTY_TARGET) ? this.properties.get(target.slice(PROPERTY_TARGET.length)) : undefined;
			if (property) this.addChoices(property, value);
		}
		const unit = values.measure === undefined ? undefined : unitOf(values.measure);
		// The same unit with zeros in front of its code is the same unit (rule P4).
		if (unit && !this.units.has(Number(unit.code))) this.units.set(Number(unit.code), unit);
	}

	/** What was collected, with these groups. */
	build(groups: readonly CmlGroup[] = []): CmlClassifier {
		return { groups, properties: [...this.used.values()], units: [...this.units.values()] };
	}

	private addChoices(definition: CmlProperty, value: FieldValues[string]): void {
		const { id } = definition;
		const property = this.used.get(id) ?? { ...definition, choices: [...definition.choices] };
		const words = this.words.get(id) ?? new Map(property.choices.map((choice) => [choice.id, choice.value.toLowerCase()]));
		for (const choice of choicesOf(property, value)) {
			const word = words.get(choice.id);
			if (word === undefined) {
				words.set(choice.id, choice.value.toLowerCase());
				property.choices.push(choice);
			} else if (word !== choice.value.toLowerCase() && choice.id.startsWith('ms_')) throw new SyncError('COMMERCEML_CHOICE_CLASH', { property: definition.name ?? id, one: word, other: choice.value });
		}
		this.used.set(id, property);
		this.words.set(id, words);
	}
}
