import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Grantee } from './grantee.ts';
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

  /** Lets a function, or people, read the objects whose keys fit one of the patterns. */
  allowRead(grantee: Grantee, ...keys: readonly string[]): void {
    this.allowObjects(['s3:GetObject'], grantee, keys);
  }

  allowWrite(grantee: Grantee, ...keys: readonly string[]): void {
    this.allowObjects(['s3:PutObject'], grantee, keys);
  }

  /** For engines, which write in parts and give up some of them. */
  allowWriteInParts(grantee: Grantee, ...keys: readonly string[]): void {
    this.allowObjects(
      ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      grantee,
      keys,
    );
  }

  allowDelete(grantee: Grantee, ...keys: readonly string[]): void {
    this.allowObjects(['s3:DeleteObject'], grantee, keys);
  }

  /** Lets a function, or people, list the keys that begin like one of the patterns. */
  allowList(grantee: Grantee, ...prefixes: readonly string[]): void {
    grantee.allow(['s3:ListBucket'], [this.bucketArn], { StringLike: { 's3:prefix': [...prefixes] } });
  }

  private allowObjects(actions: readonly string[], grantee: Grantee, keys: readonly string[]): void {
    grantee.allow(
      actions,
      keys.map((key) => this.arnForObjects(key)),
    );
    for (const key of keys.filter((pattern) => pattern.includes('*'))) {
      acknowledgeStar(
        grantee.holder,
        this,
        `/${key}`,
        'Objects come and go below this prefix, and the star reaches no other.',
      );
    }
  }
}
