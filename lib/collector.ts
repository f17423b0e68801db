import { Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CachedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  type ErrorResponse,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import type { Config } from '../core/config.ts';
import { PIXEL_PATH } from '../core/layout.ts';
import { accountName } from './account-name.ts';
import { EdgeState } from './edge-state.ts';
import { Images } from './images.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { projectFile } from './project.ts';

/** Statuses that CloudFront lets an answer of its own replace; 4xx first, of which a path's answer does not change. */
const CLIENT_ERRORS = [400, 403, 404, 405, 414, 416];
const SERVER_ERRORS = [500, 501, 502, 503, 504];

export interface CollectorProps {
  readonly config: Config;
  readonly data: PrivateBucket;
}

/** Answers every request with an image, and has the edge write what may be kept of it. */
export class Collector extends Construct {
  readonly distribution: Distribution;
  /** Writes what the edge knows. */
  readonly edgeState: EdgeState;
  readonly edgeFunction: EdgeFunction;

  constructor(scope: Construct, id: string, props: CollectorProps) {
    super(scope, id);
    const images = new Images(this, 'Images', props);
    const edge = new EdgeState(this, 'Edge', props);
    this.edgeState = edge;
    this.edgeFunction = this.viewerRequest(edge);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'clearpixel: the pixel and the tracked images',
      defaultBehavior: this.behavior(images),
      errorResponses: errorResponses(),
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...this.viewerName(props.config),
    });
    // Neither a missing image nor a missing key shall be seen by the first viewer.
    this.distribution.node.addDependency(images.step, edge.seeded);
    this.explain(props.config);
  }

  private viewerRequest(edge: EdgeState): EdgeFunction {
    return new EdgeFunction(this, 'ViewerRequest', {
      comment: 'clearpixel: writes what may be kept of a request into its log line',
      code: FunctionCode.fromFile({ filePath: projectFile('edge', 'built', 'viewer-request.js') }),
      runtime: FunctionRuntime.JS_2_0,
      keyValueStore: edge.store,
    });
  }

  private behavior(images: Images): BehaviorOptions {
    return {
      origin: S3BucketOrigin.withOriginAccessControl(images.bucket, { originAccessControl: this.access() }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      compress: false,
      cachePolicy: this.cachePolicy(),
      responseHeadersPolicy: this.responseHeaders(),
      functionAssociations: [{ function: this.edgeFunction, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  private access(): S3OriginAccessControl {
    return new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: accountName(this, 'Access'),
    });
  }

  /** One object per path, whatever a URL carries: the origin never learns a parameter, a header or a cookie. */
  private cachePolicy(): CachePolicy {
    return new CachePolicy(this, 'CachePolicy', {
      comment: 'clearpixel: the path alone is the key',
      queryStringBehavior: CacheQueryStringBehavior.none(),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      defaultTtl: Duration.days(1),
      minTtl: Duration.minutes(1),
      maxTtl: Duration.days(365),
    });
  }

  /** Viewers keep nothing, so that a second look is a second request; any page or mail may show the image. */
  private responseHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      responseHeadersPolicyName: accountName(this, 'Headers'),
      comment: 'clearpixel: viewers do not store the image',
      customHeadersBehavior: {
        customHeaders: [
          { header: 'Cache-Control', value: 'no-store', override: true },
          { header: 'Cross-Origin-Resource-Policy', value: 'cross-origin', override: true },
        ],
      },
      securityHeadersBehavior: { contentTypeOptions: { override: true } },
    });
  }

  private viewerName(
    config: Config,
  ): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
    if (config.domain === undefined) return {};
    return {
      domainNames: [config.domain.name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', config.domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  private explain(config: Config): void {
    const findings = Validations.of(this.distribution);
    findings.acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'A campaign is read wherever its readers are.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A web application firewall logs client addresses, which are never at rest here.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Access logs are delivered by standard logging v2, which this rule does not see.',
      },
    );
    if (config.domain !== undefined) return;
    findings.acknowledge({
      id: 'AwsSolutions-CFR4',
      reason:
        "CloudFront's own name comes with its own certificate and TLS floor; a domain in the config raises it to 1.2.",
    });
  }
}

/** A broken image harms the reader: whatever the origin says, the viewer gets the pixel. */
const errorResponses = (): ErrorResponse[] =>
  [...CLIENT_ERRORS, ...SERVER_ERRORS].map((httpStatus) => ({
    httpStatus,
    responseHttpStatus: 200,
    responsePagePath: PIXEL_PATH,
    ttl: SERVER_ERRORS.includes(httpStatus) ? Duration.seconds(10) : Duration.minutes(5),
  }));
