import type { IExecuteFunctions } from 'n8n-workflow';
import type { CompanyType, MatchRule, Policy, PresetChoice } from '../../../../core';
import { textIn, type Located } from '../../../shared/locator';
import { idIn, readCrmSettings, reader, type CrmSettings } from '../settings';

/** What the user chose for contacts and companies. */
export interface PartnerSettings extends CrmSettings {
	/** By what a counterparty is looked for that has no record of its own yet, in this order. */
	rules: MatchRule[];
	requisites: boolean;
	presets: PresetChoice;
	addresses: Policy;
	/** Whether contact persons become contacts. */
	people: boolean;
	/** The field for the balance; empty = none. */
	balanceField: string;
	companyType: string;
	contactType: string;
	/** Whether records that are there are left as they are. */
	createOnly: boolean;
}

interface Options {
	companyType?: Located | string;
	contactType?: Located | string;
	people?: boolean;
	addresses?: Policy;
	requisites?: boolean;
	presets?: { row?: Array<{ kind: CompanyType; preset?: Located }> };
}

const DEFAULT_MATCHING: MatchRule[] = ['innKpp', 'phone', 'email'];

export function readPartnerSettings(context: IExecuteFunctions, flow: string): PartnerSettings {
	const read = reader(context);
	const options = read<Options>('options', {});
	const rules = read<{ rule?: Array<{ by: MatchRule }> }>('matchRules', {}).rule;
	return {
		...readCrmSettings(context, flow),
		rules: rules ? rules.map(({ by }) => by) : DEFAULT_MATCHING,
		requisites: options.requisites ?? true,
		presets: Object.fromEntries((options.presets?.row ?? []).flatMap(({ kind, preset }) => (idIn(preset) === undefined ? [] : [[kind, idIn(preset)]]))) as PresetChoice,
		addresses: options.addresses ?? 'empty',
		people: options.people ?? true,
		balanceField: textIn(read<Located | string>('balanceField', '')),
		companyType: textIn(options.companyType) || 'CUSTOMER',
		contactType: textIn(options.contactType) || 'CLIENT',
		createOnly: false,
	};
}

/** How counterparties are made that documents need: found by all rules, nothing of them is changed, as little as possible is asked. */
export const settingsForCustomers = (settings: CrmSettings): PartnerSettings => ({
	...settings, changes: [], attributes: 'none', serviceFields: false, subWorkflow: undefined, rules: DEFAULT_MATCHING, requisites: true, presets: {}, addresses: 'empty', people: true,
	balanceField: '', companyType: 'CUSTOMER', contactType: 'CLIENT', createOnly: true,
});
