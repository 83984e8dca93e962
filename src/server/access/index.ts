/** Who may come in, for the commands that say so. */
export { accountName, readAccounts, tokenRights } from './accounts-file.ts';
export { certificatePath, ownCertificate } from './certificate.ts';
export {
  addUser,
  changePassword,
  changeUser,
  createToken,
  removeUser,
  revokeToken,
  type UserChange,
} from './manage.ts';
export { type Right, type Role, rightsOfRoles } from './right.ts';
