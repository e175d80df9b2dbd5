from . import test_job_channels
