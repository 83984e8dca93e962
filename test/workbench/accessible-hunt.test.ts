import { accessible } from './accessible.ts';

accessible(['hunt', 'messages', 'message']);
