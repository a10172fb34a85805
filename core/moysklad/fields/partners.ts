import { archived, described, identity, ownership, syncId } from './common';
import { choice, json, moment, READ_ONLY, reference, REQUIRED, text, UNFILTERED, type Field } from './field';

/** Fields of customers and suppliers. Source: github moysklad/api-remap-1.2-doc, `md/dictionaries/_counterparty.md`. */

export const counterparty: Field[] = [
	text('name', 'Name', REQUIRED),
	choice('companyType', 'Kind', ['entrepreneur', 'individual', 'legal']),
	...described,
	...identity,
	syncId,
	moment('created', 'Created', READ_ONLY),
	archived,
	text('phone', 'Phone'),
	text('email', 'Email'),
	text('fax', 'Fax'),
	text('inn', 'INN'),
	text('kpp', 'KPP'),
	text('ogrn', 'OGRN'),
	text('ogrnip', 'OGRNIP'),
	text('okpo', 'OKPO'),
	text('legalTitle', 'Legal Name'),
	text('legalLastName', 'Last Name'),
	text('legalFirstName', 'First Name'),
	text('legalMiddleName', 'Middle Name'),
	text('legalAddress', 'Legal Address'),
	json('legalAddressFull', 'Legal Address (Structured)', UNFILTERED),
	text('actualAddress', 'Actual Address'),
	json('actualAddressFull', 'Actual Address (Structured)', UNFILTERED),
	moment('birthDate', 'Birth Date', UNFILTERED),
	choice('sex', 'Sex', ['FEMALE', 'MALE'], UNFILTERED),
	reference('state', 'State', 'state'),
	reference('priceType', 'Price Type', 'pricetype', UNFILTERED),
	text('discountCardNumber', 'Discount Card'),
	json('tags', 'Groups', UNFILTERED),
	json('accounts', 'Accounts', UNFILTERED),
	json('contactpersons', 'Contact Persons', UNFILTERED),
	...ownership,
];
