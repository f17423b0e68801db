import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Handler } from './handler.ts';
import { acknowledgeStar } from './star.ts';

export interface PrivateBucketProps {
  readonly lifecycleRules?: readonly LifecycleRule[];
  /**
   * What becomes of it with the stack: it stays, it is emptied and deleted, or it is deleted because somebody else has
   * emptied it by then.
   */
  readonly atEnd: 'stay' | 'empty and delete' | 'delete';
}

/** A bucket that only its owner's roles reach, over TLS, without access lists and without versions. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // Erased and expired data must be gone, not an older version.
      versioned: false,
      lifecycleRules: [...(props.lifecycleRules ?? [])],
      removalPolicy: props.atEnd === 'stay' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: props.atEnd === 'empty and delete',
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would be one more store of client addresses; who read what is a question for CloudTrail.',
    });
  }

  /** Lets a function read the objects whose keys fit one of the patterns. */
  allowRead(handler: Handler, ...keys: readonly string[]): void {
    this.allowObjects(['s3:GetObject'], handler, keys);
  }

  allowWrite(handler: Handler, ...keys: readonly string[]): void {
    this.allowObjects(['s3:PutObject'], handler, keys);
  }

  /** For engines, which write in parts and give up some of them. */
  allowWriteInParts(handler: Handler, ...keys: readonly string[]): void {
    this.allowObjects(
      ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      handler,
      keys,
    );
  }

  allowDelete(handler: Handler, ...keys: readonly string[]): void {
    this.allowObjects(['s3:DeleteObject'], handler, keys);
  }

  /** Lets a function list the keys that begin like one of the patterns. */
  allowList(handler: Handler, ...prefixes: readonly string[]): void {
    handler.allow(['s3:ListBucket'], [this.bucketArn], { StringLike: { 's3:prefix': [...prefixes] } });
  }

  private allowObjects(actions: readonly string[], handler: Handler, keys: readonly string[]): void {
    handler.allow(
      actions,
      keys.map((key) => this.arnForObjects(key)),
    );
    for (const key of keys.filter((pattern) => pattern.includes('*'))) {
      acknowledgeStar(
        handler.role ?? handler,
        this,
        `/${key}`,
        'Objects come and go below this prefix, and the star reaches no other.',
      );
    }
  }
}
