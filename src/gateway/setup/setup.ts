import type { LoopLimits, OnTrouble } from '../judging/index.ts';
import type { MilterAddress, MilterLimits } from '../milter/index.ts';
import type { QuarantineLimits } from '../quarantine/index.ts';
import type {
  CertificatePaths,
  HopTarget,
  HopTimeouts,
  ListenAddress,
  SmtpLimits,
  SmtpTimeouts,
} from '../smtp/index.ts';

/** How a gate is run: what `gateway.yaml` says, with what it leaves out. Paths are whole, times milliseconds, sizes bytes. */
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
  /** Decisions that may wait for the store. */
  readonly journalLimit: number;
  /** How much the quarantine holds. */
  readonly quarantine: QuarantineLimits;
  readonly dnsTime: number;
  readonly rulingTime: number;
  /** For messages under way when the gate stops. */
  readonly grace: number;
  /** Where Prometheus asks. */
  readonly metrics: ListenAddress | undefined;
  /** Rows a minute about what the fronts refuse by themselves. */
  readonly refusals: number;
  readonly loops: LoopLimits;
  /** Where released messages go; undefined for a milter that was told of no hop. */
  readonly release: HopSetup | undefined;
  readonly seal: SealSetup | undefined;
  readonly smtp: SmtpSetup | undefined;
  readonly milter: MilterSetup | undefined;
}

/** By whose key broken signatures are vouched for. */
export interface SealSetup {
  readonly domain: string;
  readonly selector: string;
  readonly key: string;
}

/** The gate as an SMTP server before another one. */
export interface SmtpSetup {
  readonly listen: ListenAddress;
  readonly nextHop: HopSetup;
  readonly certificate: CertificatePaths | undefined;
  /** CIDR blocks and addresses. */
  readonly networks: {
    readonly balancers: readonly string[];
    readonly attributes: readonly string[];
    readonly relay: readonly string[];
    readonly own: readonly string[];
    readonly normalise: readonly string[];
  };
  readonly limits: SmtpLimits;
  readonly timeouts: SmtpTimeouts;
}

/** The server behind the gate. */
export interface HopSetup {
  /** Without the authorities of {@link authorities}, which are still to be read. */
  readonly target: HopTarget;
  readonly authorities: string | undefined;
  readonly timeouts: HopTimeouts;
}

/** The gate as a milter. */
export interface MilterSetup {
  readonly listen: MilterAddress;
  /** Of the socket file. */
  readonly mode: number;
  /** CIDR blocks and addresses. */
  readonly own: readonly string[];
  readonly oversize: 'refuse' | 'accept';
  readonly limits: MilterLimits;
}
