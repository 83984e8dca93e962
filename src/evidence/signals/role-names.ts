/** Words of display names that every house has: who bears only such a name bears nobody's. Lower case. */
const roles: ReadonlySet<string> = new Set(
  (
    'account accounts accounting admin administration administrator alert alerts bank billing booking bookings buchhaltung ' +
    'care center centre clientes comptabilité contact customer customers delivery department desk direct dispatch do email ' +
    'facturation finance friends group head health help helpdesk hello hr human info information insurance invoice invoices it ' +
    'kundenservice library mail mailer manager marketing museum news newsletter no noreply not notification notifications offers ' +
    'office online operator orders parcel payments payroll people personal post postmaster rechnung receivables recruitment reply ' +
    'resources sales scan scanner secretary security sekretariat service services shop shipping soporte staff statements store ' +
    'subscription support survey system team technical the tickets travel update updates user vertrieb webmaster'
  ).split(' '),
);

/**
 * Whether a display name is only a role, or a single word: many honest senders share it.
 *
 * @example isRoleName('Customer Service') // true
 * @example isRoleName('Steelworks Accounts') // false
 */
export function isRoleName(name: string): boolean {
  const words = name.toLowerCase().match(/[\p{Letter}\p{Mark}]+/gu) ?? [];
  return words.length < 2 || words.every((word) => roles.has(word));
}
