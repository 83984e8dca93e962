import type { OnTrouble } from '../judging/index.ts';
import type { MilterAddress } from '../milter/index.ts';
import type { CertificatePaths, HopTarget, ListenAddress } from '../smtp/index.ts';

/** How a gate is run: what `gateway.yaml` says, with what it leaves out. Paths are whole. */
export interface GatewaySetup {
  /** What the gate calls itself, and stamps Authentication-Results with. */
  readonly hostname: string;
  /** Other names of this host that nobody else may stamp with. */
  readonly alsoKnownAs: readonly string[];
  /** The policy's file; the default policy where absent. */
  readonly policy: string | undefined;
  readonly onTrouble: OnTrouble;
  /** Whether the messages themselves are kept in the store. */
  readonly keepMessages: boolean;
  readonly threads: number;
  /** The gate's own folder: its journal and its quarantine. */
  readonly folder: string;
  readonly seal: { readonly domain: string; readonly selector: string; readonly key: string } | undefined;
  readonly smtp: SmtpSetup | undefined;
  readonly milter: MilterAddress | undefined;
}

/** The gate as an SMTP server before another one. */
export interface SmtpSetup {
  readonly listen: ListenAddress;
  readonly nextHop: HopTarget;
  readonly certificate: CertificatePaths | undefined;
  /** CIDR blocks and addresses. */
  readonly networks: {
    readonly balancers: readonly string[];
    readonly attributes: readonly string[];
    readonly relay: readonly string[];
    readonly normalise: readonly string[];
  };
}
