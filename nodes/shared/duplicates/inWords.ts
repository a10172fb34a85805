import type { MatchReason } from '../../../core';

const FIELDS: Record<MatchReason['field'], string> = { externalId: 'external ID', inn: 'INN', kpp: 'KPP', kind: 'kind', phone: 'phone', email: 'e-mail', name: 'name' };

/** "phone: same", "name: similar (84 %)". */
export const inWords = ({ field, says, percent }: MatchReason): string => `${FIELDS[field]}: ${says}${percent === undefined || percent === 100 ? '' : ` (${percent} %)`}`;
