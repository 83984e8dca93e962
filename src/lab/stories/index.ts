import { crmUnaligned } from './crm-unaligned.ts';
import { lureAnswers } from './lure-answers.ts';
import { parcelWave } from './parcel-wave.ts';
import { payrollDirectSend } from './payroll-direct-send.ts';
import { qrCodeLure } from './qr-code-lure.ts';
import { rejectedInvoice } from './rejected-invoice.ts';
import type { Story } from './story.ts';
import { supplierSwitch } from './supplier-switch.ts';
import { temperrorForgery } from './temperror-forgery.ts';
import { temperrorPartner } from './temperror-partner.ts';
import { temperrorScanner } from './temperror-scanner.ts';
import { voicemailLure } from './voicemail-lure.ts';

/** Every story of the demo. */
export const stories: readonly Story[] = [
  payrollDirectSend,
  supplierSwitch,
  temperrorForgery,
  temperrorScanner,
  temperrorPartner,
  voicemailLure,
  lureAnswers,
  qrCodeLure,
  parcelWave,
  rejectedInvoice,
  crmUnaligned,
];
