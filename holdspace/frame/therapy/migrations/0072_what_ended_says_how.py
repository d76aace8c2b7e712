from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('therapy', '0071_those_that_ended_did_not_say_how'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='therapy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_how__in', ['agreed', 'broken off', 'moved', 'referred', 'died', 'by the service', 'never began', 'not said']), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_how', '')), _connector='OR'), name='therapy_that_ended_says_how'),
        ),
    ]
