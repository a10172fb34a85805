import { counterpartyOf, customerIdentity, customerKeys, validEmail, type Customer } from '../../../core';

const customer = (more: Partial<Customer>): Customer => ({
	kind: 'person',
	payerType: { id: '1', name: null, code: null },
	userId: '5',
	name: null,
	company: null,
	inn: null,
	kpp: null,
	legalAddress: null,
	phone: null,
	email: null,
	...more,
});

const firm = customer({
	kind: 'legal',
	name: 'Анна Петрова',
	company: ' ООО «Ромашка» ',
	inn: '7701 234567',
	kpp: '770101001',
	legalAddress: 'Москва',
	phone: '8 (916) 123-45-67',
	email: 'anna@firm.ru',
});

describe('a counterparty made from a customer', () => {
	it('is a person, a company or an entrepreneur', () => {
		expect(counterpartyOf(customer({ name: 'Иван', phone: '8 916 1234567' }))).toEqual({
			companyType: 'individual',
			name: 'Иван',
			phone: '+79161234567',
		});
		expect(counterpartyOf(firm)).toEqual({
			companyType: 'legal',
			name: 'ООО «Ромашка»',
			legalTitle: 'ООО «Ромашка»',
			inn: '7701234567',
			kpp: '770101001',
			legalAddress: 'Москва',
			phone: '+79161234567',
			email: 'anna@firm.ru',
			contactPerson: { name: 'Анна Петрова', phone: '+79161234567', email: 'anna@firm.ru' },
		});
		expect(counterpartyOf({ ...firm, company: 'ИП Петрова А. А.', inn: '770123456789' })).toMatchObject({
			companyType: 'entrepreneur',
			name: 'ИП Петрова А. А.',
			inn: '770123456789',
		});
		expect(counterpartyOf({ ...firm, inn: '770123456789' })).not.toHaveProperty('kpp');
	});

	it('is called by what is there', () => {
		expect(counterpartyOf(customer({ email: 'a@b.ru', phone: '+7 916 123 45 67' }))?.name).toBe('a@b.ru');
		expect(counterpartyOf(customer({ phone: '+7 916 123 45 67' }))?.name).toBe('+79161234567');
		expect(counterpartyOf(customer({ name: '  ' }))).toBeUndefined();
	});

	it('has no e-mail rather than one that MoySklad refuses', () => {
		expect(counterpartyOf(customer({ name: 'Иван', email: 'нет' }))).toEqual({ companyType: 'individual', name: 'Иван' });
		expect(['a@b.ru', ' a.b+c@d-e.co.uk '].map(validEmail)).toEqual(['a@b.ru', 'a.b+c@d-e.co.uk']);
		expect(['', 'a@b', 'a b@c.ru', '@b.ru', 'a@b.ru, c@d.ru', null].map(validEmail)).toEqual(Array(6).fill(undefined));
	});
});

describe('which customer it is', () => {
	it('keys are in one form', () => {
		expect(customerKeys(firm)).toEqual({ inn: '7701234567', kpp: '770101001', email: 'anna@firm.ru', phones: ['9161234567'] });
		expect(customerKeys(customer({ inn: '123', kpp: '1', email: 'X@Y.RU' }))).toEqual({ email: 'x@y.ru', phones: [] });
	});

	it('a company is the same for all its buyers, its branches are not', () => {
		expect(customerIdentity({ ...firm, userId: '7', phone: null, email: null })).toBe(customerIdentity(firm));
		expect(customerIdentity({ ...firm, kpp: '230101001' })).not.toBe(customerIdentity(firm));
	});

	it('guests that share an account of the store are told apart', () => {
		const [ivan, anna] = [
			customer({ userId: '1', name: 'Иван', phone: '+79161111111' }),
			customer({ userId: '1', name: 'Анна', phone: '+79162222222' }),
		];
		expect(customerIdentity(ivan)).not.toBe(customerIdentity(anna));
		expect(customerIdentity({ ...ivan, name: 'Иван Петров' })).toBe(customerIdentity(ivan));
		expect(customerIdentity(customer({ userId: '1', name: 'Иван' }))).not.toBe(customerIdentity(customer({ userId: '1', name: 'Анна' })));
	});

	it('an account that orders for itself and for a company is two customers', () => {
		expect(customerIdentity({ ...firm, kind: 'person', inn: null })).not.toBe(customerIdentity(firm));
	});

	it('nothing to tell it by', () => expect(customerIdentity(customer({ userId: '1' }))).toBeUndefined());
});
